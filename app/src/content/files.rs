//! The files that the workshop writes for the repository, on a page.

use workshop::blueprint::{GeneratedFile, Variables};

use super::{
    highlight::{Language, highlight},
    html::{code_close, code_open, escape_into},
    template::FileUse,
};

/// A line that no file holds.
const END: &str = "END_OF_FILE";

/// The file as a block of code, or the commands that commit and push it.
pub(super) fn block(file: GeneratedFile, usage: FileUse, variables: &Variables) -> String {
    let text = variables.fill_loosely(file.text);
    match usage {
        FileUse::Read => read(file.path, text.trim_end()),
        FileUse::Commit => commit(file.path, text.trim_end(), variables),
    }
}

fn read(path: &str, text: &str) -> String {
    let language = path.rsplit('.').next().unwrap_or("text");
    let mut out = code_open(language, None);
    out.push_str(&highlight(Language::of(language), text));
    out.push_str(code_close(true));
    out.push_str("<p><a class=\"button\" download href=\"/files/");
    escape_into(&mut out, path);
    out.push_str("\">Download ");
    escape_into(&mut out, path);
    out.push_str("</a></p>");
    out
}

/// The quoted word behind `<<` keeps the shell from reading the file. A file that is like that
/// already makes no commit.
fn commit(path: &str, text: &str, variables: &Variables) -> String {
    let before = variables.fill_loosely(
        "[ -d {{source_repository}} ] || git clone {{repository_url}} {{source_repository}}
cd {{source_repository}}
git pull --quiet --rebase origin main
git config user.name > /dev/null || git config user.name {{workspace}}
git config user.email > /dev/null || git config user.email {{workspace}}@example.com
",
    );
    let before = format!("{before}cat > {path} <<'{END}'\n");
    let after = format!(
        "\n{END}
git add {path}
git diff --cached --quiet || git commit --quiet --message \"{path} of the workshop\"
git push --quiet origin HEAD:main
cd .."
    );
    let mut out = code_open("sh", Some("sh"));
    out.push_str(&highlight(Language::Shell, &before));
    // What stands in the file is no command of this block.
    out.push_str(&highlight(Language::Plain, text));
    out.push_str(&highlight(Language::Shell, &after));
    out.push_str(code_close(true));
    out
}

#[cfg(test)]
mod tests {
    use workshop::blueprint::generated_file;

    use super::*;

    #[test]
    fn a_file_is_shown_and_committed_with_the_values() {
        let file = generated_file("buildspec.yml").expect("it is generated");
        let mut variables = Variables::default();
        variables.set("image_repository", "tripmgmt-demo");
        variables.set("source_repository", "tripmgmt");
        let shown = block(file, FileUse::Read, &variables);
        assert!(shown.contains("IMAGE_REPO_NAME (tripmgmt-demo)"), "{shown}");
        assert!(shown.contains("href=\"/files/buildspec.yml\""), "{shown}");
        let commands = block(file, FileUse::Commit, &variables);
        assert!(commands.contains("data-run=\"sh\""), "{commands}");
        assert!(!file.text.contains(END));
    }
}
