//! A policy as text: JSON whose lists fill their lines, so that a statement can be read at a glance.

use std::fmt::Write;

use serde_json::{Value, json};

use super::statement::Statement;

/// How long a line may be.
const WIDTH: usize = 100;

/// The whole document.
pub(super) fn document(statements: &[Statement]) -> String {
    let statements: Vec<_> = statements.iter().map(statement).collect();
    format!(
        "{{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n{}\n  ]\n}}\n",
        statements.join(",\n")
    )
}

fn statement(statement: &Statement) -> String {
    let mut fields = vec![
        format!("      \"Sid\": {}", json!(statement.sid)),
        "      \"Effect\": \"Allow\"".to_owned(),
        format!("      \"Action\": {}", list(&statement.action)),
        format!("      \"Resource\": {}", list(&statement.resource)),
    ];
    if let Some((operator, key, values)) = &statement.condition {
        fields.push(format!(
            "      \"Condition\": {{ {}: {{ {}: {} }} }}",
            json!(operator),
            json!(key),
            list(values)
        ));
    }
    format!("    {{\n{}\n    }}", fields.join(",\n"))
}

/// A single text stands for itself, which is IAM's grammar too.
fn list(texts: &[String]) -> String {
    if let [only] = texts {
        return json!(only).to_string();
    }
    let (mut out, mut line) = ("[".to_owned(), String::new());
    for (at, text) in texts.iter().enumerate() {
        let comma = if at + 1 < texts.len() { "," } else { "" };
        let text = format!("{}{comma}", Value::from(text.as_str()));
        if !line.is_empty() && line.len() + 1 + text.len() > WIDTH {
            // Writing to a text does not fail.
            let _ = write!(out, "\n{line}");
            line.clear();
        }
        let before = if line.is_empty() { "        " } else { " " };
        let _ = write!(line, "{before}{text}");
    }
    format!("{out}\n{line}\n      ]")
}
