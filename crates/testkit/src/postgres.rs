//! A real PostgreSQL server for tests, as Debian packages it: started with the first test of a process that asks for it,
//! and stopped and removed when the process ends, however it ends.

use std::ffi::OsStr;
use std::fs::{DirBuilder, read_dir};
use std::os::unix::fs::DirBuilderExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// Where Debian puts the programs of each version of PostgreSQL, in `<version>/bin`.
const VERSIONS: &str = "/usr/lib/postgresql";

/// The user of the server who may do anything; also the user of the machine who runs it where we are root, for whom
/// PostgreSQL refuses to run.
const OWNER: &str = "postgres";

/// The database that others are cloned from.
const TEMPLATE: &str = "prepared";

/// How the server is started. It listens in its own folder alone, and syncs to the disk as in earnest.
const SETTINGS: &str = "-c listen_addresses= -c fsync=on -c synchronous_commit=on -c max_connections=400";

/// Waits until the process that holds the other end of its input is gone, then stops the server and removes its folder.
/// What would end that process must not end it first.
const WATCH: &str = r#"trap '' INT TERM HUP; read -r _; cd /; "$@" stop >/dev/null 2>&1; rm -rf "$FOLDER""#;

/// A server of this process.
pub struct PostgresServer {
    programs: PathBuf,
    folder: PathBuf,
    /// The user of the machine that runs it; none: we ourselves.
    user: Option<&'static str>,
    databases: AtomicU32,
    /// Only held: it ends the server when it goes.
    _watch: Child,
}

static SERVER: OnceLock<PostgresServer> = OnceLock::new();

impl PostgresServer {
    /// The server of this process. Whoever asks first starts it: `prepare` is given the address of the database that
    /// all others are cloned from, and leaves no connection to it.
    pub fn shared(prepare: impl FnOnce(&str)) -> &'static PostgresServer {
        SERVER.get_or_init(|| {
            let server = PostgresServer::start();
            server.create(TEMPLATE, "template0");
            prepare(&server.url(TEMPLATE));
            server
        })
    }

    fn start() -> PostgresServer {
        let programs = newest_programs();
        let is_root = output(Command::new("id").arg("-u")).trim() == "0";
        let user = is_root.then_some(OWNER);
        let folder = std::env::temp_dir().join(format!("sightline-postgres-{}", std::process::id()));
        DirBuilder::new().mode(0o755).create(&folder).expect("a folder for the server");
        if let Some(user) = user {
            output(Command::new("chown").arg(user).arg(&folder));
        }
        let watch = watch(&programs, &folder, user);
        let server = PostgresServer { programs, folder, user, databases: AtomicU32::new(0), _watch: watch };
        let mut initdb = server.as_user("initdb");
        initdb.args(["--auth=trust", "--username", OWNER, "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "-D"]);
        output(initdb.arg(server.data()));
        let options = format!("{SETTINGS} -k {}", server.folder.display());
        let mut start = server.as_user("pg_ctl");
        start
            .arg("-D")
            .arg(server.data())
            .arg("-l")
            .arg(server.folder.join("log"))
            .args(["-w", "-o", &options, "start"]);
        // What the server writes goes to its log; it must not hold our own output open.
        let started = start.stdout(Stdio::null()).stderr(Stdio::null()).status().expect("pg_ctl runs");
        assert!(started.success(), "PostgreSQL does not start: {}", server.log());
        server
    }

    /// The address of a new database that is as `prepare` left the first.
    pub fn database(&self) -> String {
        self.clone_of(TEMPLATE)
    }

    /// The address of a new database without any tables.
    pub fn bare_database(&self) -> String {
        self.clone_of("template0")
    }

    /// The same address for another user of the server.
    pub fn as_login(url: &str, user: &str) -> String {
        url.replacen(&format!("{OWNER}@"), &format!("{user}@"), 1)
    }

    /// What the server wrote to its log.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.join("log")).unwrap_or_else(|error| error.to_string())
    }

    fn clone_of(&self, template: &str) -> String {
        let name = format!("test_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        self.create(&name, template);
        self.url(&name)
    }

    fn create(&self, name: &str, template: &str) {
        let mut createdb = Command::new(self.programs.join("createdb"));
        createdb.arg("--host").arg(&self.folder).args(["--username", OWNER, "--template", template, name]);
        output(&mut createdb);
    }

    fn url(&self, database: &str) -> String {
        format!("postgres://{OWNER}@localhost/{database}?host={}", self.folder.display())
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// One of PostgreSQL's programs, run by whoever runs the server.
    fn as_user(&self, program: &str) -> Command {
        let mut command = as_user(self.user, &self.programs.join(program));
        command.current_dir(&self.folder);
        command
    }
}

fn as_user(user: Option<&str>, program: &Path) -> Command {
    let Some(user) = user else { return Command::new(program) };
    let mut command = Command::new("runuser");
    command.args(["-u", user, "--"]).arg(program);
    command
}

fn watch(programs: &Path, folder: &Path, user: Option<&str>) -> Child {
    let stop = as_user(user, &programs.join("pg_ctl"));
    let mut watch = Command::new("sh");
    watch.args(["-c", WATCH, "watch"]).arg(stop.get_program()).args(stop.get_args());
    watch.arg("-D").arg(folder.join("data")).args(["-m", "immediate"]).env("FOLDER", folder);
    watch.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
    watch.spawn().expect("sh runs")
}

/// The programs of the newest version that is installed.
fn newest_programs() -> PathBuf {
    let version = |name: &OsStr| name.to_str()?.parse::<u32>().ok();
    let installed = read_dir(VERSIONS).into_iter().flatten().flatten();
    let newest = installed.filter_map(|entry| Some((version(&entry.file_name())?, entry.path()))).max();
    let Some((_, folder)) = newest else {
        panic!("there is no PostgreSQL in {VERSIONS}: install Debian's package `postgresql`");
    };
    folder.join("bin")
}

/// What a command says; it must succeed.
fn output(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {said}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}
