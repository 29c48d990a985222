//! The Git repositories that the account's connections reach.
//!
//! They are no part of AWS: who hosts them tells the account of each [`push`].

use std::collections::{BTreeMap, VecDeque};

use serde::{Deserialize, Serialize};

use super::pipeline::{self, Pushed};
use super::tree::Tree;
use crate::clock::Millis;
use crate::context::Cx;
use crate::handle::advance;
use crate::state::Account;

/// How many commits of a repository are kept: the account is stored as a whole.
const KEPT: usize = 8;

/// Repositories by their full path, `group/tripmgmt`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Repositories(BTreeMap<String, Repository>);

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Repository {
    /// The branch that was pushed first, and what each points at.
    default_branch: String,
    branches: BTreeMap<String, String>,
    /// Oldest first.
    commits: VecDeque<Commit>,
}

/// A commit with all its files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commit {
    /// Forty hexadecimal digits.
    pub id: String,
    /// Its first line is the subject.
    pub message: String,
    /// The author's name.
    pub author: String,
    /// The files.
    pub tree: Tree,
}

/// A push to a branch, whose tip is now this commit.
#[derive(Debug, Clone)]
pub struct Push {
    /// The repository's full path: `group/tripmgmt`.
    pub repository: String,
    /// The branch's name: `main`.
    pub branch: String,
    /// The branch's new tip.
    pub commit: Commit,
}

/// Tells the account of a push to a repository that its connections may reach;
/// it starts the pipelines that watch the branch.
pub fn push(account: &mut Account, push: Push, now: Millis) {
    advance(account, now);
    let (repository, branch) = (push.repository.clone(), push.branch.clone());
    let pushed = Pushed {
        repository: &repository,
        branch: &branch,
        changed: account.repositories.changed_by(&push),
    };
    account.repositories.receive(push);
    let regions = account.regions.keys().cloned().collect::<Vec<_>>();
    for region in &regions {
        let now = account.now;
        let mut cx = Cx {
            account,
            region,
            now,
        };
        pipeline::pushed(&mut cx, &pushed);
    }
}

/// The id of the commit that was last pushed to that branch: a host compares it with its
/// repositories at start, for a push may have stood when the process was killed.
pub fn tip<'a>(account: &'a Account, repository: &str, branch: &str) -> Option<&'a str> {
    let repository = account.repositories.0.get(repository)?;
    repository.branches.get(branch).map(String::as_str)
}

impl Repositories {
    /// The paths of the files that are others on the branch after the push than before.
    fn changed_by(&self, push: &Push) -> Vec<String> {
        let before = self
            .0
            .get(&push.repository)
            .and_then(|repository| repository.resolve(Some(&push.branch)))
            .map(|commit| commit.tree.clone())
            .unwrap_or_default();
        let after = &push.commit.tree;
        let changed = after
            .iter()
            .filter(|(path, content)| before.get(path) != Some(content));
        let gone = before.iter().filter(|(path, _)| after.get(path).is_none());
        changed
            .chain(gone)
            .map(|(path, _)| path.to_owned())
            .collect()
    }

    fn receive(&mut self, push: Push) {
        let repository = self.0.entry(push.repository).or_default();
        if repository.default_branch.is_empty() {
            repository.default_branch.clone_from(&push.branch);
        }
        repository
            .branches
            .insert(push.branch, push.commit.id.clone());
        repository
            .commits
            .retain(|commit| commit.id != push.commit.id);
        repository.commits.push_back(push.commit);
        if repository.commits.len() > KEPT {
            repository.commits.pop_front();
        }
    }

    /// The repository of that full path, or of the address that ends in it:
    /// `https://gitlab.com/group/tripmgmt.git`.
    pub(crate) fn find(&self, address: &str) -> Option<&Repository> {
        let path = address.split_once("://").map_or(address, |(_, rest)| rest);
        let path = path.trim_end_matches('/').trim_end_matches(".git");
        let is_meant = |name: &str| {
            path.strip_suffix(name)
                .is_some_and(|before| before.is_empty() || before.ends_with('/'))
        };
        let mut found = self.0.iter().filter(|(name, _)| is_meant(name));
        found.next().map(|(_, repository)| repository)
    }
}

impl Repository {
    /// The commit that a branch's name, a ref or the beginning of a commit's id stands for; without
    /// any of them the tip of the default branch.
    pub(crate) fn resolve(&self, version: Option<&str>) -> Option<&Commit> {
        let version = version
            .filter(|version| !version.is_empty())
            .unwrap_or(&self.default_branch);
        let name = version.strip_prefix("refs/heads/").unwrap_or(version);
        let id = self.branches.get(name).map_or(version, String::as_str);
        // Git wants at least four digits of an id.
        let is_meant = |commit: &&Commit| id.len() >= 4 && commit.id.starts_with(id);
        self.commits.iter().rev().find(is_meant)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pushed(commits: &[(&str, &str)]) -> Repositories {
        let mut repositories = Repositories::default();
        for (branch, id) in commits {
            repositories.receive(Push {
                repository: "group/app".to_owned(),
                branch: (*branch).to_owned(),
                commit: Commit {
                    id: (*id).to_owned(),
                    message: String::new(),
                    author: String::new(),
                    tree: Tree::default(),
                },
            });
        }
        repositories
    }

    #[test]
    fn an_address_names_its_repository() {
        let repositories = pushed(&[("main", "aaaa1")]);
        for address in [
            "group/app",
            "https://gitlab.com/group/app.git",
            "https://gitlab.com/group/app/",
            "http://127.0.0.1:3000/git/group/app.git",
        ] {
            assert!(repositories.find(address).is_some(), "{address}");
        }
        for address in ["app", "https://gitlab.com/mygroup/app", "group/app2", ""] {
            assert!(repositories.find(address).is_none(), "{address}");
        }
    }

    #[test]
    fn a_version_is_a_branch_or_a_commit() {
        let repositories = pushed(&[("main", "aaaa1"), ("dev", "bbbb2"), ("main", "cccc3")]);
        let resolve = |version| {
            let commit = repositories.find("group/app").unwrap().resolve(version);
            commit.map(|commit| commit.id.as_str())
        };
        assert_eq!(resolve(None), Some("cccc3"));
        assert_eq!(resolve(Some("dev")), Some("bbbb2"));
        assert_eq!(resolve(Some("refs/heads/main")), Some("cccc3"));
        assert_eq!(resolve(Some("aaaa")), Some("aaaa1"));
        assert_eq!(resolve(Some("a")), None);
        assert_eq!(resolve(Some("none")), None);
    }

    #[test]
    fn old_commits_go() {
        let ids = (0..20).map(|n| format!("{n:040}")).collect::<Vec<_>>();
        let commits = ids.iter().map(|id| ("main", id.as_str()));
        let repositories = pushed(&commits.collect::<Vec<_>>());
        let repository = repositories.find("group/app").unwrap();
        assert_eq!(repository.commits.len(), KEPT);
        assert_eq!(repository.resolve(None).unwrap().id, ids[19]);
    }
}
