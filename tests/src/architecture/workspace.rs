//! The workspace as cargo and git see it.

use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The folder of the workspace.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("this crate lies in the workspace")
}

/// The text of a file of the workspace.
pub fn text(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The files that git keeps or would keep, by their paths from the root.
pub fn tracked() -> Vec<PathBuf> {
    // A clone that belongs to another user, as in a container, is read all the same.
    let listing = ["-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    let output = output(Command::new("git").args(listing));
    let paths: BTreeSet<PathBuf> = output.split('\0').filter(|path| !path.is_empty()).map(PathBuf::from).collect();
    // A file that was removed and whose removal is not yet recorded is still listed.
    paths.into_iter().filter(|path| root().join(path).is_file()).collect()
}

fn output(command: &mut Command) -> String {
    let output = command.current_dir(root()).output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    workspace_members: Vec<String>,
    resolve: Resolve,
}

#[derive(Deserialize)]
struct Package {
    id: String,
    name: String,
    manifest_path: PathBuf,
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    deps: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    pkg: String,
    dep_kinds: Vec<Kind>,
}

/// `None` is a dependency of the program itself, `dev` one of its tests only, `build` one of its build script.
#[derive(Deserialize)]
struct Kind {
    kind: Option<String>,
}

/// Who depends on whom, tests apart.
pub struct Graph {
    names: BTreeMap<String, String>,
    members: BTreeMap<String, (String, PathBuf)>,
    edges: BTreeMap<String, Vec<String>>,
}

/// The graph of this workspace, on this machine's platform.
pub fn graph() -> &'static Graph {
    static GRAPH: OnceLock<Graph> = OnceLock::new();
    GRAPH.get_or_init(Graph::read)
}

impl Graph {
    fn read() -> Graph {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let version = output(Command::new(&cargo).arg("-vV"));
        let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("cargo names its platform");
        // Of other platforms' packages not even the names are here without a network.
        let asked = ["metadata", "--format-version", "1", "--filter-platform", host];
        let metadata: Metadata = serde_json::from_str(&output(Command::new(&cargo).args(asked))).expect("metadata");
        Graph::of(metadata)
    }

    fn of(metadata: Metadata) -> Graph {
        let names = metadata.packages.iter().map(|package| (package.id.clone(), package.name.clone())).collect();
        let is_member = |package: &Package| metadata.workspace_members.contains(&package.id);
        let members = metadata.packages.iter().filter(|package| is_member(package)).map(|package| {
            let folder = package.manifest_path.parent().expect("a manifest lies in a folder");
            (package.name.clone(), (package.id.clone(), folder.to_path_buf()))
        });
        let members = members.collect();
        let is_own = |kind: &Kind| kind.kind.as_deref() != Some("dev");
        let edges = metadata.resolve.nodes.into_iter().map(|node| {
            let of_program = node.deps.into_iter().filter(|dependency| dependency.dep_kinds.iter().any(is_own));
            (node.id, of_program.map(|dependency| dependency.pkg).collect())
        });
        Graph { names, members, edges: edges.collect() }
    }

    /// The crates of the workspace, each with its folder.
    pub fn members(&self) -> impl Iterator<Item = (&str, &Path)> {
        self.members.iter().map(|(name, (_, folder))| (name.as_str(), folder.as_path()))
    }

    /// The crates of the workspace that one of them uses itself.
    pub fn used_members(&self, name: &str) -> BTreeSet<&str> {
        let used = self.used(self.id(name)).map(|id| self.name(id));
        used.filter(|used| self.members.contains_key(*used)).collect()
    }

    /// All that a crate of the workspace uses, however far away, by name.
    pub fn closure(&self, name: &str) -> BTreeSet<&str> {
        let mut seen = BTreeSet::new();
        let mut next = vec![self.id(name)];
        while let Some(id) = next.pop() {
            let new = self.used(id).filter(|used| seen.insert(*used));
            next.extend(new.collect::<Vec<_>>());
        }
        seen.into_iter().map(|id| self.name(id)).collect()
    }

    fn id(&self, name: &str) -> &str {
        &self.members.get(name).unwrap_or_else(|| panic!("no crate {name} in the workspace")).0
    }

    fn used(&self, id: &str) -> impl Iterator<Item = &str> {
        self.edges.get(id).into_iter().flatten().map(String::as_str)
    }

    fn name(&self, id: &str) -> &str {
        &self.names[id]
    }
}
