//! A whole site on a store in a temporary folder, on a clock that stands until it is moved. Every answer in JSON is
//! checked against the document that the site itself gives.

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use serde_json::{Value, json};
use services::{Clock, Hands, Rules, Running, Services};
use std::sync::{Arc, OnceLock};
use store::sqlite::Sqlite;
use store::{Mode, Store};
use tempfile::TempDir;
use testkit::{instant, json_lines};
use tower::ServiceExt as _;
use web::{About, App};

pub struct Site {
    pub router: Router,
    pub services: Services,
    pub hands: Hands,
    document: OnceLock<Value>,
    running: Option<Running>,
    _folder: TempDir,
}

async fn open(folder: &TempDir, mode: Mode) -> Arc<dyn Store> {
    Arc::new(Sqlite::open(&folder.path().join("sightline.sqlite"), mode).await.expect("a store"))
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Site {
    /// Nothing on record; the clock shows that time.
    pub async fn new(at: &str) -> Site {
        Site::of(at, "").await
    }

    /// The events of a table on record.
    pub async fn of(at: &str, table: &str) -> Site {
        let site = Site::begun(at, table).await;
        site.services.ready().await;
        site
    }

    /// A site that has nothing to show, and never will: what would derive it is gone.
    pub async fn unready(at: &str) -> Site {
        let mut site = Site::begun(at, "").await;
        site.running = None;
        site
    }

    async fn begun(at: &str, table: &str) -> Site {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let store = open(&folder, Mode::Write).await;
        let events: Vec<Bytes> = json_lines(table).into_iter().map(Bytes::from).collect();
        store.take(services::check_received(events, instant(at)), instant(at)).await.expect("appended");
        Site::around(store, at, folder).await
    }

    /// A site whose database can be read, and not written to.
    pub async fn read_only(at: &str) -> Site {
        let folder = tempfile::tempdir().expect("a temporary folder");
        drop(open(&folder, Mode::Write).await);
        Site::around(open(&folder, Mode::Read).await, at, folder).await
    }

    async fn around(store: Arc<dyn Store>, at: &str, folder: TempDir) -> Site {
        let (clock, hands) = Clock::by_hand(instant(at));
        let rules = Rules::read(rulebook::DEFAULT).expect("a rulebook");
        let (services, running) = Services::start(store, clock, rules).await.expect("services");
        let about = About { authority: String::new(), version: "1.2.3".to_owned() };
        let router = web::router(App::new(services.clone(), about));
        let running = Some(running);
        Site { router, services, hands, document: OnceLock::new(), running, _folder: folder }
    }

    /// The document, which what is answered is checked against from here on.
    pub async fn document(&self) -> &Value {
        if self.document.get().is_none() {
            let request = Request::get("/api/v1/openapi.json").body(Body::empty()).expect("a request");
            let document = self.ask(request).await.json();
            self.document.get_or_init(|| document);
        }
        self.document.get().expect("a document")
    }

    /// Ends the site. Feeds of it must be dropped before.
    pub async fn stop(self) {
        drop((self.router, self.services));
        if let Some(running) = self.running {
            running.stop().await;
        }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).expect("a request")).await
    }

    pub async fn get_unless(&self, path: &str, tag: &str) -> Answer {
        let request = Request::get(path).header(header::IF_NONE_MATCH, tag);
        self.send(request.body(Body::empty()).expect("a request")).await
    }

    pub async fn post(&self, path: &str, media_type: &str, body: impl Into<Body>) -> Answer {
        let request = Request::post(path).header(header::CONTENT_TYPE, media_type);
        self.send(request.body(body.into()).expect("a request")).await
    }

    pub async fn post_json(&self, path: &str, body: Value) -> Answer {
        self.post(path, "application/json", body.to_string()).await
    }

    /// Sends the events of a table as a batch, and waits until they are in the read model.
    pub async fn take(&self, table: &str) -> Value {
        let batch = format!("[{}]", json_lines(table).join(","));
        let answer = self.post("/api/v1/events", "application/cloudevents-batch+json", batch).await;
        assert_eq!(answer.status, StatusCode::ACCEPTED);
        self.caught_up().await;
        answer.json()
    }

    pub async fn caught_up(&self) {
        let head = self.services.store().head().await.expect("a head");
        self.services.projected(head.size).await;
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let (method, path) = (request.method().as_str().to_lowercase(), request.uri().path().to_owned());
        let answer = self.ask(request).await;
        answer.must_be_as_documented(self.document().await, &method, &path);
        answer
    }

    async fn ask(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.expect("a whole answer");
        Answer { status: parts.status, headers: parts.headers, body }
    }
}

impl Answer {
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.body.to_vec()).expect("text")
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("text"))
    }

    /// The detail of a problem of that status.
    #[track_caller]
    pub fn problem(&self, status: u16) -> String {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        assert_eq!(self.header("content-type"), "application/problem+json");
        let problem = self.json();
        assert_eq!(problem.get("status"), Some(&json!(status)));
        assert_eq!(problem.get("type"), Some(&json!("about:blank")));
        problem.get("detail").and_then(Value::as_str).expect("a detail").to_owned()
    }

    fn must_be_as_documented(&self, document: &Value, method: &str, path: &str) {
        let media_type = self.header("content-type").split(';').next().unwrap_or_default();
        let is_json = media_type == "application/json";
        if !is_json || !path.starts_with("/api/v1/") {
            return;
        }
        let operation = operation(document, method, path);
        let pointer = format!("/responses/{}/content/{}/schema", self.status.as_u16(), media_type.replace('/', "~1"));
        let schema = operation.pointer(&pointer).unwrap_or_else(|| panic!("{method} {path}: no {pointer}"));
        let mut whole = schema.clone();
        let components = document.get("components").cloned().expect("components");
        whole.as_object_mut().expect("a schema").insert("components".to_owned(), components);
        let validator = jsonschema::draft202012::new(&whole).expect("a schema");
        let found = self.json();
        let wrong: Vec<String> = validator.iter_errors(&found).map(|error| error.to_string()).collect();
        assert!(wrong.is_empty(), "{method} {path}: {wrong:#?}\n{found:#}");
    }
}

/// The operation of an address in the document.
fn operation<'d>(document: &'d Value, method: &str, path: &str) -> &'d Value {
    let paths = document.get("paths").and_then(Value::as_object).expect("paths");
    let fits = |template: &str| {
        let (theirs, ours): (Vec<&str>, Vec<&str>) = (template.split('/').collect(), path.split('/').collect());
        theirs.len() == ours.len() && theirs.iter().zip(ours).all(|(one, other)| one.starts_with('{') || *one == other)
    };
    // A path without parameters goes before one with.
    let mut found: Vec<&String> = paths.keys().filter(|template| fits(template)).collect();
    found.sort_by_key(|template| template.matches('{').count());
    let item = found.first().and_then(|template| paths.get(*template));
    item.and_then(|item| item.get(method)).unwrap_or_else(|| panic!("{method} {path} is not in the document"))
}
