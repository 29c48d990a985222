//! A panel whose account always looks the same: what was seen is written down, the rest is the
//! workshop's own judgement of it.

#[path = "pre_flight.rs"]
mod pre_flight;

use std::collections::BTreeMap;

use async_trait::async_trait;
use workshop::{
    blueprint::{FieldKind, Kind, Names, RESOURCES, Step, Variables, of_step},
    check::{findings, state},
    model::{
        AccountBadge, AccountKind, Evidence, Facts, FieldView, FormGroup, Frame, Near, NodeState,
        Observation, Outcome, Overview, Phase, PreFlightPage, PreFlightView, Prerequisite,
        Provisioned, RailItem, ResourceView, StartPage, StepPage, StepState, Timestamp, Trouble,
        Who, YieldView,
    },
    panel::{Panel, PanelError},
};

const NOW: Timestamp = Timestamp(1_795_508_103_000);

/// The panel.
pub(crate) struct Preview {
    pub(crate) kind: AccountKind,
}

#[async_trait]
impl Panel for Preview {
    async fn start(&self, _: &Who) -> Result<StartPage, PanelError> {
        Ok(StartPage {
            frame: self.frame(),
            prerequisites: prerequisites(),
            begun: true,
            variables: variables(),
        })
    }

    async fn overview(&self, _: &Who) -> Result<Overview, PanelError> {
        Ok(Overview {
            frame: self.frame(),
            resources: resources(),
            yields: yields(),
            pre_flight: Some(self.pre_flight()),
        })
    }

    async fn step(&self, _: &Who, step: Step) -> Result<StepPage, PanelError> {
        let evidence = evidence(step, self.kind);
        Ok(StepPage {
            frame: self.frame(),
            step,
            form: form(step),
            evidence,
            problem: (step == Step::Roles).then(|| {
                "IAM said: the role with name ecsInstanceRole already exists. Nothing was changed."
                    .to_owned()
            }),
            yields: yields(),
            resources: resources(),
            variables: variables(),
            pre_flight: step.next().is_none().then(|| self.pre_flight()),
        })
    }

    async fn check(&self, _: &Who, step: Step) -> Result<Evidence, PanelError> {
        evidence(step, self.kind)
            .ok_or_else(|| PanelError::NotFound("Nothing was seen.".to_owned()))
    }

    async fn provision(
        &self,
        _: &Who,
        _: Step,
        _: BTreeMap<String, String>,
    ) -> Result<Provisioned, PanelError> {
        Ok(Provisioned::Refused)
    }

    async fn provision_up_to(&self, _: &Who, _: Step) -> Result<(), PanelError> {
        Ok(())
    }

    async fn repair(&self, _: &Who, _: Kind, _: &str) -> Result<(), PanelError> {
        Ok(())
    }

    async fn pre_flight(&self, _: &Who) -> Result<PreFlightPage, PanelError> {
        Ok(PreFlightPage {
            frame: self.frame(),
            view: self.pre_flight(),
        })
    }

    async fn run_pre_flight(&self, _: &Who) -> Result<(), PanelError> {
        Ok(())
    }

    async fn finish_handshake(&self, _: &Who) -> Result<(), PanelError> {
        Ok(())
    }

    async fn generated_file(&self, _: &Who, _: &str) -> Result<String, PanelError> {
        Ok(String::new())
    }

    async fn start_over(&self, _: &Who, _: &str) -> Result<(), PanelError> {
        Ok(())
    }
}

impl Preview {
    fn pre_flight(&self) -> PreFlightView {
        pre_flight::view(self.kind, &variables(), NOW)
    }

    pub(crate) fn frame(&self) -> Frame {
        let checked = |outcome, warning| StepState::Checked { outcome, warning };
        let states = [
            checked(Outcome::Passed, true),
            StepState::Broken {
                since: Timestamp(NOW.0 - 240_000),
            },
            checked(Outcome::NotYet, false),
            StepState::NotBegun,
        ];
        Frame {
            workspace: "local".to_owned(),
            account: AccountBadge {
                kind: self.kind,
                id: Some("482109371164".to_owned()),
                region: "eu-west-1".to_owned(),
            },
            cost_per_hour: 82_000,
            rail: Step::ALL
                .into_iter()
                .zip(
                    states
                        .into_iter()
                        .chain(std::iter::repeat(StepState::NotBegun)),
                )
                .map(|(step, state)| RailItem { step, state })
                .collect(),
            goal: None,
            pre_flight: self
                .pre_flight()
                .last
                .map(|found| (found.outcome(), found.checked_at)),
            now: NOW,
        }
    }
}

/// What the account shows of a resource.
fn seen(kind: Kind) -> Observation {
    let right = |facts: &[(&str, &[&str])]| {
        let all = facts.iter().fold(Facts::new("id"), |all, (key, values)| {
            all.with_all(key, values.iter().map(|&value| value.to_owned()).collect())
        });
        Observation::Present(all)
    };
    let role = "ecs-tasks.amazonaws.com";
    match kind {
        Kind::SourceRepository => right(&[
            ("visibility", &["public"]),
            ("branches", &["main"]),
            (
                "files",
                &[
                    "Dockerfile",
                    "buildspec.yml",
                    "taskdef.json",
                    "appspec.yaml",
                    "src/main/webapp/app/home/home.component.html",
                ],
            ),
            ("task_password", &["secrets.valueFrom"]),
        ]),
        Kind::ExecutionRole => right(&[("trust", &[role])]),
        Kind::InstanceRole => Observation::Unknown(Trouble {
            sentence: "iam:GetRole was denied.".to_owned(),
            remedy: "Not your fault: ask for the permission iam:GetRole, then check again."
                .to_owned(),
        }),
        Kind::CodeDeployRole => {
            Observation::Absent(Some(Near::Name("ecsCodedeployRole".to_owned())))
        }
        Kind::LogGroup => right(&[]),
        Kind::DbSecurityGroup => right(&[
            ("vpc", &["vpc-0a1b2c3d"]),
            ("ingress", &["tcp 5432 from 0.0.0.0/0"]),
        ]),
        Kind::DbPassword => right(&[("type", &["SecureString"]), ("strength", &["strong"])]),
        Kind::DbCluster => right(&[
            ("engine", &["aurora-postgresql"]),
            ("database", &["tripmgmt"]),
            ("user", &["postgres"]),
            ("port", &["5432"]),
            ("security_groups", &["tripmgmt-dbcluster-sg"]),
            ("protection", &["off"]),
        ]),
        Kind::DbWriter => {
            Observation::Present(Facts::new("id").in_phase(Phase::Coming("creating".to_owned())))
        }
        Kind::Connection => Observation::Present(
            Facts::new("id")
                .with("provider", "GitLab")
                .in_phase(Phase::Coming("PENDING".to_owned())),
        ),
        // The instance profile and the reader are missing; nobody has come to the later steps.
        _ => Observation::Absent(None),
    }
}

pub(crate) fn evidence(step: Step, kind: AccountKind) -> Option<Evidence> {
    let mut variables = variables();
    if kind == AccountKind::Aws {
        variables.set("account_kind", "aws");
    }
    (step < Step::Registry).then(|| Evidence {
        step,
        checked_at: Timestamp(NOW.0 - 4_000),
        findings: of_step(step)
            .flat_map(|resource| {
                let mut rows = findings(resource, &seen(resource.kind), &variables);
                if resource.kind == Kind::DbWriter {
                    rows.truncate(1);
                }
                rows
            })
            .collect(),
    })
}

pub(crate) fn resources() -> Vec<ResourceView> {
    let variables = variables();
    RESOURCES
        .iter()
        .map(|resource| {
            let seen = seen(resource.kind);
            let mut state = state(&seen, &findings(resource, &seen, &variables));
            if resource.kind == Kind::DbWriter {
                state = NodeState::Coming;
            }
            ResourceView {
                kind: resource.kind,
                name: variables.fill_loosely(resource.name),
                state,
                cost_per_hour: if resource.kind == Kind::DbWriter {
                    82_000
                } else {
                    0
                },
            }
        })
        .collect()
}

fn form(step: Step) -> Vec<FormGroup> {
    let variables = variables();
    of_step(step)
        .map(|resource| FormGroup {
            kind: resource.kind,
            name: variables.fill_loosely(resource.name),
            exists: matches!(seen(resource.kind), Observation::Present(_)),
            price: resource.price.hourly(None),
            fields: resource
                .fields
                .iter()
                .map(|field| FieldView {
                    name: format!("{}.{}", resource.kind.key(), field.key),
                    value: match field.kind {
                        FieldKind::Password => String::new(),
                        _ => variables.fill_loosely(field.default),
                    },
                    error: (field.key == "scan").then(|| "Choose one of the two.".to_owned()),
                })
                .collect(),
        })
        .collect()
}

fn yields() -> Vec<YieldView> {
    let variables = variables();
    RESOURCES
        .iter()
        .flat_map(|resource| resource.yields.iter().map(move |it| (resource.step, it)))
        .map(|(step, it)| YieldView {
            step,
            variable: it.variable.to_owned(),
            label: it.label.to_owned(),
            value: variables.get(it.variable).map(str::to_owned),
        })
        .collect()
}

fn variables() -> Variables {
    let mut variables = Names {
        workspace: "local".to_owned(),
        suffix: None,
    }
    .variables();
    for (name, value) in [
        ("region", "eu-west-1"),
        ("account", "482109371164"),
        ("account_kind", "sandbox"),
        ("vpc_id", "vpc-0a1b2c3d"),
        ("vpc_cidr", "172.31.0.0/16"),
        ("my_address", "203.0.113.7"),
        ("db_sources", "172.31.0.0/16, 203.0.113.7/32"),
        ("profile", "greenlight-local"),
        ("endpoint_url", "http://127.0.0.1:3000/sandbox"),
        ("access_key_id", "AKIAGREENLIGHT000001"),
        ("secret_access_key", "example/only/not/a/key"),
        ("git_base", "http://127.0.0.1:3000/git"),
        (
            "repository_url",
            "http://127.0.0.1:3000/git/local/tripmgmt.git",
        ),
        (
            "sample_url",
            "http://127.0.0.1:3000/git/sample/tripmgmt.git",
        ),
        ("git_username", "local"),
        ("git_token", "example-token"),
        (
            "execution_role_arn",
            "arn:aws:iam::482109371164:role/ecsTaskExecutionRole",
        ),
        ("db_security_group_id", "sg-0123456789abcdef0"),
        (
            "writer_endpoint",
            "tripmgmt-dbcluster.cluster-c1a2b3d4e5f6.eu-west-1.rds.amazonaws.com",
        ),
    ] {
        variables.set(name, value);
    }
    variables
}

fn prerequisites() -> Vec<Prerequisite> {
    let need = |title: &str, detail: &str, outcome, remedy: Option<&str>| Prerequisite {
        title: title.to_owned(),
        detail: detail.to_owned(),
        outcome,
        remedy: remedy.map(str::to_owned),
    };
    vec![
        need(
            "The account answers",
            "Simulated account 482109371164 in eu-west-1.",
            Some(Outcome::Passed),
            None,
        ),
        need(
            "git",
            "Not found on this machine.",
            Some(Outcome::Wrong),
            Some("Install git 2.28 or newer; step 1's CLI way needs it. The form does not."),
        ),
        need(
            "An hour",
            "Ten minutes of it you wait for the database.",
            None,
            None,
        ),
    ]
}
