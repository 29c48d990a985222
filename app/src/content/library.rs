//! Every text, read once.

use std::sync::OnceLock;

use include_dir::{Dir, include_dir};
use workshop::blueprint::Step;

use super::{parse, source, template::Template};

/// The files, as they are built into the program.
static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/content");

/// A text with its first sentence.
#[derive(Debug, Default)]
pub(crate) struct Text {
    /// Why it is there.
    pub(crate) lede: Template,
    /// What there is to read.
    pub(crate) reading: Template,
}

/// The text of a step.
#[derive(Debug, Default)]
pub(crate) struct StepText {
    /// Why the step is there.
    pub(crate) lede: Template,
    /// What there is to read before anything is done.
    pub(crate) reading: Template,
    /// How it is done by AWS CLI and git.
    pub(crate) cli: Template,
    /// How it is done in the AWS console.
    pub(crate) console: Template,
}

struct Library {
    start: Text,
    steps: [StepText; Step::ALL.len()],
}

/// The first page's text.
pub(crate) fn start() -> &'static Text {
    &library().start
}

/// A step's text.
pub(crate) fn step(step: Step) -> &'static StepText {
    &library().steps[step as usize]
}

fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        let setup = parse::section(file("cli-setup.md"), &Template::default());
        let start = source::cut(file("start.md"));
        Library {
            start: Text {
                lede: parse::line(&start.lede),
                reading: parse::section(&start.reading, &setup),
            },
            steps: Step::ALL.map(|step| {
                let source = source::cut(file(&file_name(step)));
                StepText {
                    lede: parse::line(&source.lede),
                    reading: parse::section(&source.reading, &setup),
                    cli: parse::section(&source.cli, &setup),
                    console: parse::section(&source.console, &setup),
                }
            }),
        }
    })
}

/// `03-database.md`.
fn file_name(step: Step) -> String {
    format!("{:02}-{}.md", step.number(), step.key())
}

/// A file's text. One that is missing reads as empty; a test says so.
fn file(name: &str) -> &'static str {
    FILES
        .get_file(name)
        .and_then(|file| file.contents_utf8())
        .unwrap_or_default()
}
