//! A file of `app/content/`, cut where the format says: the lede, the sections, the blocks that
//! are for one kind of account only.

use super::template::Audience;

/// A step's file.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Source {
    /// The first paragraph.
    pub(super) lede: String,
    /// What follows up to the first section.
    pub(super) reading: String,
    /// The section “AWS CLI”.
    pub(super) cli: String,
    /// The section “AWS console”.
    pub(super) console: String,
}

/// A stretch of Markdown.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Block {
    /// For everybody.
    Markdown(String),
    /// For one kind of account.
    Only(Audience, String),
    /// The place of `cli-setup.md`.
    Setup,
}

/// Cuts a file into its sections.
pub(super) fn cut(file: &str) -> Source {
    let file = file.trim_start();
    let (lede, rest) = file.split_once("\n\n").unwrap_or((file, ""));
    let mut source = Source {
        lede: lede.trim().to_owned(),
        ..Source::default()
    };
    let mut section = &mut source.reading;
    for (line, in_fence) in lines(rest) {
        match line.trim_end() {
            "## AWS CLI" if !in_fence => section = &mut source.cli,
            "## AWS console" if !in_fence => section = &mut source.console,
            _ => {
                section.push_str(line);
                section.push('\n');
            }
        }
    }
    source
}

/// Cuts a section at its `:::` marks.
pub(super) fn blocks(section: &str) -> Vec<Block> {
    let mut blocks = vec![Block::Markdown(String::new())];
    for (line, in_fence) in lines(section) {
        let mark = if in_fence { "" } else { line.trim() };
        match mark {
            ":::sandbox" => blocks.push(Block::Only(Audience::Sandbox, String::new())),
            ":::aws" => blocks.push(Block::Only(Audience::Aws, String::new())),
            ":::" => blocks.push(Block::Markdown(String::new())),
            ":::setup" => blocks.extend([Block::Setup, Block::Markdown(String::new())]),
            _ => {
                if let Some(Block::Markdown(text) | Block::Only(_, text)) = blocks.last_mut() {
                    text.push_str(line);
                    text.push('\n');
                }
            }
        }
    }
    blocks.retain(|block| match block {
        Block::Markdown(text) | Block::Only(_, text) => !text.trim().is_empty(),
        Block::Setup => true,
    });
    blocks
}

/// The lines, each with whether it stands inside a fence.
fn lines(text: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut in_fence = false;
    text.lines().map(move |line| {
        let opens_or_closes = line.trim_start().starts_with("```");
        in_fence ^= opens_or_closes;
        (line, in_fence || opens_or_closes)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_cut_into_its_sections() {
        let source = cut(
            "Why it\nis here.\n\nRead this.\n\n```sh\n## AWS CLI\n```\n\n## AWS CLI\n\nRun it.\n\n## AWS console\n\nClick.\n",
        );
        assert_eq!(source.lede, "Why it\nis here.");
        assert_eq!(
            source.reading.trim(),
            "Read this.\n\n```sh\n## AWS CLI\n```"
        );
        assert_eq!(source.cli.trim(), "Run it.");
        assert_eq!(source.console.trim(), "Click.");
    }

    #[test]
    fn marks_cut_a_section_and_fences_hide_them() {
        assert_eq!(
            blocks(":::setup\nAll.\n:::aws\nReal.\n:::\n```text\n:::sandbox\n```\n"),
            [
                Block::Setup,
                Block::Markdown("All.\n".into()),
                Block::Only(Audience::Aws, "Real.\n".into()),
                Block::Markdown("```text\n:::sandbox\n```\n".into()),
            ]
        );
    }
}
