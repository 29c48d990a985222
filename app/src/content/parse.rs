//! Markdown to [`Template`].

use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use workshop::blueprint::{Kind, generated_file};

use super::{
    highlight::{Language, highlight},
    html::{code_close, code_open},
    source::{Block, blocks},
    template::{Audience, FileUse, Part, Template},
};

/// A section, its `:::` marks included. `setup` stands for the line `:::setup`.
pub(super) fn section(text: &str, setup: &Template) -> Template {
    let mut out = Template::default();
    for block in blocks(text) {
        match block {
            Block::Markdown(text) => out.extend(markdown(&text)),
            Block::Only(audience, text) => out.push(Part::Only(audience, markdown(&text))),
            Block::Setup => out.extend(setup.clone()),
        }
    }
    out
}

/// A single paragraph without the `<p>`.
pub(super) fn line(text: &str) -> Template {
    let events: Vec<_> = parser(text)
        .filter(|event| {
            !matches!(
                event,
                Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph)
            )
        })
        .collect();
    template(events)
}

fn markdown(text: &str) -> Template {
    template(parser(text).collect())
}

fn parser(text: &str) -> Parser<'_> {
    Parser::new_ext(text, Options::ENABLE_TABLES)
}

/// What is not plain Markdown is taken out of the events: code, links, and asides.
fn template(events: Vec<Event<'_>>) -> Template {
    let mut out = Template::default();
    let mut plain = Vec::new();
    let mut events = events.into_iter().peekable();
    while let Some(event) = events.next() {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                flush(&mut plain, &mut out);
                let mut code = String::new();
                for event in events.by_ref() {
                    match event {
                        Event::Text(text) => code.push_str(&text),
                        Event::End(TagEnd::CodeBlock) => break,
                        _ => {}
                    }
                }
                let info = match &kind {
                    CodeBlockKind::Fenced(info) => info,
                    CodeBlockKind::Indented => "text",
                };
                fence(info, code.trim_end(), &mut out);
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                flush(&mut plain, &mut out);
                let words = events
                    .by_ref()
                    .take_while(|event| !matches!(event, Event::End(TagEnd::Link)))
                    .collect();
                out.push(Part::Link {
                    target: dest_url.into_string(),
                    words: template(words),
                });
            }
            Event::Start(Tag::BlockQuote(_)) => {
                plain.push(html("<div class=\"note\" role=\"note\">"));
            }
            Event::End(TagEnd::BlockQuote(_)) => plain.push(html("</div>")),
            // A table may be wider than a telephone; then it scrolls, and the page does not.
            Event::Start(Tag::Table(_)) => {
                plain.push(html("<div class=\"scroll\" tabindex=\"0\">"));
                plain.push(event);
            }
            Event::End(TagEnd::Table) => {
                plain.push(event);
                plain.push(html("</div>"));
            }
            // The authors' third level stands directly under the page's title.
            Event::Start(Tag::Heading { level, .. }) => {
                plain.push(html(heading(level, "<h2>", "<h3>")));
            }
            Event::End(TagEnd::Heading(level)) => {
                plain.push(html(heading(level, "</h2>", "</h3>")));
            }
            // Raw HTML is not part of the format.
            Event::Html(text) | Event::InlineHtml(text) => plain.push(Event::Text(text)),
            event => plain.push(event),
        }
    }
    flush(&mut plain, &mut out);
    out
}

fn heading(level: HeadingLevel, third: &'static str, deeper: &'static str) -> &'static str {
    if level <= HeadingLevel::H3 {
        third
    } else {
        deeper
    }
}

fn html(text: &'static str) -> Event<'static> {
    Event::Html(CowStr::Borrowed(text))
}

fn flush(plain: &mut Vec<Event<'_>>, out: &mut Template) {
    if plain.is_empty() {
        return;
    }
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, plain.drain(..));
    out.push_html(&html);
}

/// A fence, by the words that it opens with.
fn fence(info: &str, code: &str, out: &mut Template) {
    let mut words = info.split_whitespace();
    let name = words.next().unwrap_or("text");
    if name == "calls" {
        out.push(Part::Calls(words.filter_map(Kind::from_key).collect()));
        return;
    }
    if matches!(name, "file" | "commit") {
        let usage = if name == "file" {
            FileUse::Read
        } else {
            FileUse::Commit
        };
        let files = words.filter_map(generated_file);
        files.for_each(|file| out.push(Part::File(file, usage)));
        return;
    }
    let aws_only = words.next() == Some("aws-only");
    let run = match (name, aws_only) {
        ("sh", false) => Some("sh"),
        ("sh", true) => Some("aws-only"),
        _ => None,
    };
    let mut block = Template::default();
    block.push_html(&code_open(name, run));
    block.push_html(&highlight(Language::of(name), code));
    block.push_html(code_close(name != "text"));
    if aws_only {
        out.push(Part::Only(Audience::Aws, block));
    } else {
        out.extend(block);
    }
}
