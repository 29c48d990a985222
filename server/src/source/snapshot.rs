//! A branch as it is: its newest commit with every file, for whoever builds from it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use super::SourceError;
use super::git::{git, run};

/// A larger file arrives empty: the simulated account is stored as a whole, and nothing that its
/// builds run reads one of that size. Bytes.
const LARGEST_FILE: usize = 256 * 1024;

/// A commit with all its files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// The commit's full object name.
    pub commit: String,
    /// The whole message.
    pub message: String,
    /// The author's name.
    pub author: String,
    /// The files, by path.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// The tip of `branch`; `Ok(None)` without such a branch.
pub(super) async fn snapshot(dir: &Path, branch: &str) -> Result<Option<Snapshot>, SourceError> {
    let mut command = git(dir);
    command.args([
        "for-each-ref",
        "--format=%(objectname)%00%(authorname)%00%(contents)",
    ]);
    command.arg(format!("refs/heads/{branch}"));
    let head = run(command, b"", "reading a branch").await?;
    let head = String::from_utf8_lossy(&head).into_owned();
    let mut fields = head.splitn(3, '\0');
    let (Some(commit), Some(author), Some(message)) = (fields.next(), fields.next(), fields.next())
    else {
        return Ok(None);
    };
    Ok(Some(Snapshot {
        files: files(dir, commit).await?,
        commit: commit.to_owned(),
        message: message.trim_end().to_owned(),
        author: author.to_owned(),
    }))
}

async fn files(dir: &Path, commit: &str) -> Result<BTreeMap<String, Vec<u8>>, SourceError> {
    let mut command = git(dir);
    command.args([
        "ls-tree",
        "-r",
        "-z",
        "--format=%(objecttype) %(objectname) %(path)",
        commit,
    ]);
    let listed = run(command, b"", "listing a commit's files").await?;
    let listed = String::from_utf8_lossy(&listed);
    let blobs: Vec<_> = listed
        .split('\0')
        .filter_map(|line| line.strip_prefix("blob ")?.split_once(' '))
        .collect();
    let mut question = String::new();
    for (id, _) in &blobs {
        let _ = writeln!(question, "{id}");
    }
    let mut command = git(dir);
    command.args(["cat-file", "--batch"]);
    let answer = run(command, question.as_bytes(), "reading a commit's files").await?;
    let mut rest = answer.as_slice();
    let mut files = BTreeMap::new();
    for (_, path) in blobs {
        let Some((content, after)) = blob(rest) else {
            return Err(SourceError::Git {
                doing: "reading a commit's files",
                said: format!("{path} is missing"),
            });
        };
        let kept = if content.len() > LARGEST_FILE {
            &[]
        } else {
            content
        };
        files.insert(path.to_owned(), kept.to_vec());
        rest = after;
    }
    Ok(files)
}

/// The first object of `cat-file --batch`, `<id> blob <size>`, a line break, the content, a line
/// break; and what comes after it.
fn blob(answer: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = answer.iter().position(|&byte| byte == b'\n')?;
    let head = std::str::from_utf8(answer.get(..end)?).ok()?;
    let size: usize = head.split(' ').nth(2)?.parse().ok()?;
    let content = answer.get(end + 1..end + 1 + size)?;
    Some((content, answer.get(end + 2 + size..)?))
}

#[cfg(test)]
mod tests {
    use super::blob;

    #[test]
    fn objects_are_read_one_after_the_other() {
        let answer = b"aa blob 3\nx\ny\nbb blob 0\n\n";
        let (first, rest) = blob(answer).unwrap();
        assert_eq!(first, b"x\ny");
        let (second, rest) = blob(rest).unwrap();
        assert_eq!((second, rest), (&b""[..], &b""[..]));
        assert_eq!(blob(b"aa missing\n"), None);
    }
}
