//! The little HTML that the texts are made of.

/// Adds `text` so that it reads the same in a page, attribute values included.
pub(super) fn escape_into(out: &mut String, text: &str) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(entity);
        from = at + 1;
    }
    out.push_str(&text[from..]);
}

/// `text`, escaped.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape_into(&mut out, text);
    out
}

/// A block of code around `code`, which is HTML already. `run` says how a command is to be run;
/// what is only read has none, and `copy` says whether it can be copied.
pub(super) fn code_open(language: &str, run: Option<&str>) -> String {
    let run = run
        .map(|run| format!(" data-run=\"{run}\""))
        .unwrap_or_default();
    // A block that scrolls must be reachable by keyboard, hence the tabindex.
    format!("<div class=\"code\"{run}><pre tabindex=\"0\"><code class=\"language-{language}\">")
}

/// The end of what [`code_open`] opens.
pub(super) const fn code_close(copy: bool) -> &'static str {
    if copy {
        "</code></pre><button type=\"button\" class=\"copy\" data-copy=\"\">Copy</button></div>"
    } else {
        "</code></pre></div>"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_html_would_read_is_escaped() {
        assert_eq!(
            escape("a<b> & \"c\" it's é"),
            "a&lt;b&gt; &amp; &quot;c&quot; it&#39;s é"
        );
        assert_eq!(escape(""), "");
    }
}
