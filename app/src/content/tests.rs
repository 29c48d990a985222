//! What the texts promise, checked on the texts as they are.

use std::collections::{BTreeMap, BTreeSet};

use include_dir::{Dir, include_dir};
use workshop::{
    blueprint::{
        Inputs, Kind, Names, Piece, RESOURCES, Step, Variables, find, generated_file, pieces,
    },
    model::AccountKind,
};

use super::{
    Reader, parse,
    template::{Part, Template},
};

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/content");

/// What the server sets beside the names and the yields, as FORMAT.md lists it.
const FROM_THE_SERVER: [&str; 17] = [
    "region",
    "account",
    "account_kind",
    "vpc_id",
    "vpc_cidr",
    "my_address",
    "profile",
    "endpoint_url",
    "access_key_id",
    "secret_access_key",
    "git_base",
    "repository_url",
    "full_repository_id",
    "artifact_bucket",
    "sample_url",
    "git_username",
    "git_token",
];

const SANDBOX: AccountKind = AccountKind::Sandbox { speed: 20 };

fn texts() -> impl Iterator<Item = (&'static str, &'static str)> {
    FILES.files().filter_map(|file| {
        let name = file.path().to_str()?;
        (name != "FORMAT.md").then_some((name, file.contents_utf8()?))
    })
}

fn names() -> Variables {
    Names {
        workspace: "local".to_owned(),
        suffix: None,
    }
    .variables()
}

fn yields() -> impl Iterator<Item = &'static str> {
    RESOURCES
        .iter()
        .flat_map(|resource| resource.yields.iter().map(|it| it.variable))
}

/// Everything known.
fn everything() -> Variables {
    let mut variables = names();
    for name in FROM_THE_SERVER.into_iter().chain(yields()) {
        variables.set(name, format!("<{name}>"));
    }
    variables
}

/// Every section of every step.
fn sections() -> Vec<(Step, &'static Template)> {
    Step::ALL
        .into_iter()
        .flat_map(|step| {
            let text = super::step(step);
            [&text.lede, &text.reading, &text.cli, &text.console].map(|section| (step, section))
        })
        .collect()
}

fn render(template: &Template, variables: &Variables, account: AccountKind) -> String {
    template.render(Reader { variables, account })
}

#[test]
fn every_step_has_its_text_in_three_ways() {
    for (step, section) in sections() {
        assert_ne!(section, &Template::default(), "{step:?}");
    }
    assert!(!super::start().reading.is_empty());
}

#[test]
fn texts_name_only_variables_that_exist() {
    let known: BTreeSet<String> = everything().0.into_keys().collect();
    for (file, text) in texts() {
        for piece in pieces(text) {
            if let Piece::Variable(name) = piece {
                assert!(known.contains(name), "{file} names {name}");
            }
        }
    }
}

#[test]
fn texts_call_only_kinds_that_exist() {
    for (file, text) in texts() {
        for line in text
            .lines()
            .filter_map(|line| line.strip_prefix("```calls "))
        {
            for kind in line.split_whitespace() {
                assert!(Kind::from_key(kind).is_some(), "{file} calls {kind}");
            }
        }
    }
}

#[test]
fn marks_are_understood() {
    for account in [SANDBOX, AccountKind::Aws] {
        for (step, section) in sections() {
            let html = render(section, &everything(), account);
            // A bucket's ARN has three colons of its own.
            let marks = html.replace("arn:aws:s3:::", "");
            assert!(!marks.contains(":::"), "{step:?}: {html}");
            assert!(!html.contains("{{"), "{step:?}: {html}");
        }
    }
}

#[test]
fn a_simulated_account_never_leads_to_the_real_console() {
    for (step, section) in sections() {
        let html = render(section, &everything(), SANDBOX);
        assert!(!html.contains("console.aws.amazon.com"), "{step:?}");
    }
    let database = &super::step(Step::Database).console;
    assert!(render(database, &everything(), AccountKind::Aws).contains("console.aws.amazon.com"));
}

#[test]
fn every_aws_command_names_the_profile() {
    for (step, section) in sections() {
        let html = render(section, &everything(), SANDBOX);
        for block in html.split("data-run=\"sh\"").skip(1) {
            let code = block.split("</code>").next().unwrap_or_default();
            assert!(
                !code.contains(">aws</span>") || code.contains("--profile"),
                "{step:?}: {code}"
            );
        }
    }
}

#[test]
fn values_are_filled_in_and_escaped() {
    let template = parse::section(
        "In `{{region}}`: [{{region}}](https://{{region}}.x)",
        &Template::default(),
    );
    let mut variables = Variables::default();
    variables.set("region", "<b>\"&");
    assert_eq!(
        render(&template, &variables, SANDBOX),
        "<p>In <code>&lt;b&gt;&quot;&amp;</code>: \
         <a href=\"https://&lt;b&gt;&quot;&amp;.x\">&lt;b&gt;&quot;&amp;</a></p>\n"
    );
}

#[test]
fn a_value_that_is_awaited_leads_to_its_step() {
    let template = parse::section(
        "At {{writer_endpoint}}, {{nonsense}}.",
        &Template::default(),
    );
    assert_eq!(
        render(&template, &Variables::default(), SANDBOX),
        "<p>At <a class=\"awaited\" href=\"/steps/3\">‹writer endpoint, from step 3›</a>, \
         <span class=\"awaited\">‹nonsense, not known yet›</span>.</p>\n"
    );
    let link = parse::section("[Look]({{repository_url}})", &Template::default());
    assert!(render(&link, &Variables::default(), SANDBOX).contains("Look (<a class=\"awaited\""));
}

#[test]
fn fences_become_commands_calls_and_code() {
    let html = |text: &str, account| {
        render(
            &parse::section(text, &Template::default()),
            &names(),
            account,
        )
    };
    let command = html("```sh\ngit push\n```", SANDBOX);
    assert!(
        command.contains("data-run=\"sh\"") && command.contains("class=\"copy\""),
        "{command}"
    );

    let aws_only = "```sh aws-only\naws x\n```";
    assert_eq!(html(aws_only, SANDBOX), "");
    assert!(html(aws_only, AccountKind::Aws).contains("data-run=\"aws-only\""));

    let output = html("```text\n<done>\n```", SANDBOX);
    assert!(
        output.contains("&lt;done&gt;") && !output.contains("class=\"copy\""),
        "{output}"
    );

    let calls = html("```calls log_group image_repository\n```", SANDBOX);
    assert!(
        calls.contains("create-log-group") && calls.contains("create-repository"),
        "{calls}"
    );
    assert!(calls.contains("--profile"), "{calls}");
    // What the Git host does is no command of the AWS CLI.
    assert_eq!(html("```calls source_repository\n```", SANDBOX), "");
}

#[test]
fn the_authors_html_is_text() {
    let template = parse::section("a <script>b</script>", &Template::default());
    let html = render(&template, &Variables::default(), SANDBOX);
    assert!(!html.contains("<script>"), "{html}");
}

#[test]
fn texts_are_cut_once() {
    let template = parse::section("One {{region}} two", &Template::default());
    assert_eq!(
        template,
        Template(vec![
            Part::Html("<p>One ".to_owned()),
            Part::Value("region".to_owned()),
            Part::Html(" two</p>\n".to_owned()),
        ])
    );
}

#[test]
fn what_step_12_shows_is_what_its_form_makes() {
    let (_, text) = texts()
        .find(|(file, _)| *file == "12-pipeline.md")
        .expect("the text of step 12");
    for path in ["taskdef.json", "appspec.yaml"] {
        let file = generated_file(path).expect(path);
        assert!(text.contains(file.text), "{path} differs from the file");
    }
    let (role, chosen, variables) = (
        find(Kind::PipelineRole),
        BTreeMap::new(),
        Variables::default(),
    );
    let calls = (role.create)(&Inputs::new(role, &chosen, &variables));
    let made = calls
        .iter()
        .find_map(|call| call.params["PolicyDocument"].as_str());
    let made: serde_json::Value = serde_json::from_str(made.expect("a policy")).expect("JSON");
    let shown = text
        .split("```json\n")
        .filter_map(|fence| serde_json::from_str(fence.split("```").next()?).ok())
        .any(|shown: serde_json::Value| shown == made);
    assert!(shown, "the inline policy differs from {made:#}");
}
