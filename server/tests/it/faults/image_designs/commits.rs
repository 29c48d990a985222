//! Two commits, and what is in them.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::faults::account::Hand;

const PAGE: &str = "src/main/webapp/app/home/home.component.html";

/// A commit of the attendee's repository.
pub(super) struct Commit {
    pub(super) sha: String,
    repository: PathBuf,
}

/// Pushes two changes of the page.
pub(super) fn two_commits(hand: &Hand) -> (Commit, Commit) {
    let change = |words: &str| {
        hand.push(|tree| {
            let path = tree.join(PAGE);
            let page = std::fs::read_to_string(&path).expect("the page");
            std::fs::write(path, format!("{page}<p>{words}</p>\n")).expect("the page");
        });
        Commit::tip(hand)
    };
    (change("Blue"), change("Green"))
}

impl Commit {
    /// The last one on `main`.
    fn tip(hand: &Hand) -> Self {
        let repository = hand.repository();
        let sha = git(&repository, &["rev-parse", "main"]).expect("a commit");
        Self {
            sha: sha.trim().to_owned(),
            repository,
        }
    }

    /// The digest that its first build gives its image.
    pub(super) fn digest(&self) -> String {
        format!("sha256:{}", self.sha)
    }

    /// A file of it.
    pub(super) fn file(&self, path: &str) -> Option<String> {
        git(&self.repository, &["show", &format!("{}:{path}", self.sha)])
    }

    /// Puts its files into `folder`.
    pub(super) fn check_out(&self, folder: &Path) {
        let tree = folder.to_str().expect("a path in UTF-8");
        std::fs::create_dir_all(folder).expect("a folder");
        let out = git(
            &self.repository,
            &["--work-tree", tree, "checkout", "-f", &self.sha, "--", "."],
        );
        out.expect("the commit's files");
    }
}

fn git(repository: &Path, arguments: &[&str]) -> Option<String> {
    let mut command = Command::new("git");
    command.arg("-C").arg(repository).args(arguments);
    let output = command.output().expect("git");
    let text = String::from_utf8(output.stdout).expect("text");
    output.status.success().then_some(text)
}
