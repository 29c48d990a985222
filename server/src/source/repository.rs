//! One bare repository at a path: what `git` can say of it and do to it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use tokio::fs;
use workshop::blueprint::Variables;
use workshop::model::Timestamp;

use super::SourceError;
use super::git::{bare, changing, git, run};
use super::host::{BRANCH, Commit, Visibility};
use super::sample;

/// A push of more bytes is refused; the sample has about 30 thousand.
const LARGEST_PUSH: &str = "209715200";

const VISIBILITY: &str = "greenlight.visibility";

/// An empty repository at `path`, with the rules for pushes. Force pushes are allowed, unlike on
/// GitLab's protected `main`: who has made a mess of it can start the history over.
pub(super) async fn init(path: &Path, visibility: Visibility) -> Result<(), SourceError> {
    let mut command = bare();
    command
        .args([
            "init",
            "--quiet",
            "--bare",
            "--template=",
            "--initial-branch",
            BRANCH,
        ])
        .arg(path);
    run(command, b"", "making a repository").await?;
    let config = format!(
        "[greenlight]\n\tvisibility = {}\n\
         [receive]\n\tfsckObjects = true\n\tmaxInputSize = {LARGEST_PUSH}\n\
         [gc]\n\tautoDetach = false\n",
        visibility_name(visibility),
    );
    let file = path.join("config");
    let text = fs::read_to_string(&file)
        .await
        .map_err(SourceError::io("reading a repository's settings"))?;
    fs::write(&file, text + &config)
        .await
        .map_err(SourceError::io("writing a repository's settings"))
}

pub(super) async fn set_visibility(path: &Path, visibility: Visibility) -> Result<(), SourceError> {
    let mut command = changing(path);
    command.args(["config", VISIBILITY, visibility_name(visibility)]);
    run(command, b"", "changing a repository's settings").await?;
    Ok(())
}

pub(super) async fn visibility(path: &Path) -> Result<Visibility, SourceError> {
    let mut command = git(path);
    command.args(["config", "--default", "private", "--get", VISIBILITY]);
    let value = run(command, b"", "reading a repository's settings").await?;
    Ok(if value.trim_ascii() == b"public" {
        Visibility::Public
    } else {
        Visibility::Private
    })
}

pub(super) fn visibility_name(visibility: Visibility) -> &'static str {
    match visibility {
        Visibility::Public => "public",
        Visibility::Private => "private",
    }
}

pub(super) async fn head_branch(path: &Path) -> Result<String, SourceError> {
    let head = fs::read_to_string(path.join("HEAD"))
        .await
        .map_err(SourceError::io("reading the default branch"))?;
    let name = head.trim().strip_prefix("ref: refs/heads/");
    Ok(name.unwrap_or(BRANCH).to_owned())
}

/// Makes `branch` the one that a clone checks out.
pub(super) async fn point_head(path: &Path, branch: &str) -> Result<(), SourceError> {
    let mut command = changing(path);
    command.args(["symbolic-ref", "HEAD", &format!("refs/heads/{branch}")]);
    run(command, b"", "choosing the default branch").await?;
    Ok(())
}

pub(super) async fn tree(path: &Path) -> Result<Vec<u8>, SourceError> {
    let mut command = git(path);
    command.args(["rev-parse", &format!("refs/heads/{BRANCH}^{{tree}}")]);
    run(command, b"", "reading a tree").await
}

pub(super) async fn branches(path: &Path) -> Result<BTreeMap<String, Commit>, SourceError> {
    const FORMAT: &str = "--format=%(refname:lstrip=2)%00%(objectname)%00%(authorname)%00%(authordate:unix)%00%(contents:subject)";
    let mut command = git(path);
    command.args(["for-each-ref", FORMAT, "refs/heads"]);
    let text = run(command, b"", "reading the branches").await?;
    let text = String::from_utf8_lossy(&text);
    Ok(text.lines().filter_map(branch).collect())
}

/// A line of [`branches`]: five fields, of which only the subject may be empty.
fn branch(line: &str) -> Option<(String, Commit)> {
    let mut fields = line.splitn(5, '\0');
    let name = fields.next()?.to_owned();
    let id = fields.next()?.to_owned();
    let author = fields.next()?.to_owned();
    let seconds: i64 = fields.next()?.parse().ok()?;
    let message = fields.next()?.to_owned();
    let at = Timestamp(seconds.saturating_mul(1000));
    Some((
        name,
        Commit {
            id,
            message,
            author,
            at,
        },
    ))
}

/// Those of the `wanted` paths that are files on [`BRANCH`].
pub(super) async fn files(path: &Path, wanted: &[&str]) -> Result<Vec<String>, SourceError> {
    let wanted: Vec<_> = wanted.iter().filter(|path| is_path(path)).collect();
    let mut question = String::new();
    for path in &wanted {
        let _ = writeln!(question, "refs/heads/{BRANCH}:{path}");
    }
    let mut command = git(path);
    command.args(["cat-file", "--batch-check=%(objecttype)"]);
    let answer = run(command, question.as_bytes(), "looking for files").await?;
    let answer = String::from_utf8_lossy(&answer);
    Ok(wanted
        .iter()
        .zip(answer.lines())
        .filter(|(_, kind)| *kind == "blob")
        .map(|(path, _)| (**path).to_owned())
        .collect())
}

/// Whether a tree can hold such a path. To Git `..` would mean the folder above, and a line break
/// in what `cat-file` reads a second question.
fn is_path(path: &str) -> bool {
    !path.contains('\n') && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

/// The text of the file at `path` on `branch`.
pub(super) async fn file(
    dir: &Path,
    branch: &str,
    path: &str,
) -> Result<Option<String>, SourceError> {
    // A colon would end the branch and begin the path.
    if branch.contains([':', '\n']) || !is_path(path) {
        return Ok(None);
    }
    let mut command = git(dir);
    command.args(["cat-file", "--batch"]);
    let question = format!("refs/heads/{branch}:{path}\n");
    let answer = run(command, question.as_bytes(), "reading a file").await?;
    // `<id> blob <size>`, a line break, the content, a line break; or `<question> missing`.
    let Some(end) = answer.iter().position(|&byte| byte == b'\n') else {
        return Ok(None);
    };
    let head = String::from_utf8_lossy(&answer[..end]);
    if head.split(' ').nth(1) != Some("blob") || head.ends_with(" missing") {
        return Ok(None);
    }
    let content = answer.get(end + 1..answer.len() - 1).unwrap_or_default();
    Ok(Some(String::from_utf8_lossy(content).into_owned()))
}

/// Commits the sample to [`BRANCH`] of a repository that has no such branch. The same variables
/// at the same time make the same commit.
pub(super) async fn import(
    path: &Path,
    variables: &Variables,
    now: Timestamp,
) -> Result<(), SourceError> {
    let message = "Initial commit\n";
    let mut stream = format!(
        "commit refs/heads/{BRANCH}\ncommitter Greenlight <greenlight@localhost> {} +0000\ndata {}\n{message}\n",
        now.0.div_euclid(1000),
        message.len(),
    );
    for sample::File { path, content } in sample::files(variables)? {
        let length = content.len();
        let _ = writeln!(stream, "M 100644 inline {path}\ndata {length}\n{content}");
    }
    stream.push_str("done\n");
    let mut command = changing(path);
    // With `--done` a stream that breaks off commits nothing.
    command.args(["fast-import", "--quiet", "--done", "--date-format=raw"]);
    run(command, stream.as_bytes(), "committing the sample").await?;
    Ok(())
}

/// Commits `content` as the file at `path` on top of [`BRANCH`], which has to be there.
pub(super) async fn put_file(
    dir: &Path,
    path: &str,
    content: &str,
    message: &str,
    now: Timestamp,
) -> Result<(), SourceError> {
    if !is_path(path) {
        return Err(SourceError::Name(path.to_owned()));
    }
    let stream = format!(
        "commit refs/heads/{BRANCH}\ncommitter Greenlight <greenlight@localhost> {} +0000\ndata {}\n{message}\nfrom refs/heads/{BRANCH}^0\nM 100644 inline {path}\ndata {}\n{content}\ndone\n",
        now.0.div_euclid(1000),
        message.len(),
        content.len(),
    );
    let mut command = changing(dir);
    command.args(["fast-import", "--quiet", "--done", "--date-format=raw"]);
    run(command, stream.as_bytes(), "committing a file").await?;
    Ok(())
}
