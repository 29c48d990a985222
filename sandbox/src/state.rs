//! The account: everything there is to store.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::agenda::Agenda;
use crate::clock::Millis;
use crate::events::{Event, History};
use crate::ids::Ids;
use crate::release::{Images, Repositories};
use crate::services::autoscaling::Autoscaling;
use crate::services::codebuild::CodeBuild;
use crate::services::codedeploy::CodeDeploy;
use crate::services::codepipeline::CodePipeline;
use crate::services::connections::Connections;
use crate::services::ec2::Ec2;
use crate::services::ecr::Ecr;
use crate::services::ecs::Ecs;
use crate::services::elb::Elb;
use crate::services::iam::Iam;
use crate::services::logs::Logs;
use crate::services::rds::Rds;
use crate::services::s3::S3;
use crate::services::ssm::Ssm;

/// A simulated AWS account. Stored and read back through serde.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Account {
    /// Twelve digits.
    pub(crate) id: String,
    /// By how much machines are faster than on AWS.
    pub(crate) speed: u32,
    /// The last instant the account has seen; it never goes back.
    pub(crate) now: Millis,
    pub(crate) ids: Ids,
    /// Apart from `ids`, so that a call that only reads draws nothing from those.
    pub(crate) request_ids: Ids,
    pub(crate) agenda: Agenda,
    pub(crate) history: History,
    pub(crate) iam: Iam,
    pub(crate) regions: BTreeMap<String, Region>,
    #[serde(default)]
    pub(crate) s3: S3,
    /// What was pushed to the Git host, which is no part of AWS.
    #[serde(default)]
    pub(crate) repositories: Repositories,
    /// What is in the images that builds pushed.
    #[serde(default)]
    pub(crate) images: Images,
}

/// What one Region holds, one field a service.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Region {
    #[serde(default)]
    pub(crate) autoscaling: Autoscaling,
    pub(crate) ec2: Ec2,
    pub(crate) logs: Logs,
    pub(crate) rds: Rds,
    pub(crate) ecr: Ecr,
    pub(crate) ssm: Ssm,
    #[serde(default)]
    pub(crate) elb: Elb,
    #[serde(default)]
    pub(crate) ecs: Ecs,
    #[serde(default)]
    pub(crate) codebuild: CodeBuild,
    #[serde(default)]
    pub(crate) codedeploy: CodeDeploy,
    #[serde(default)]
    pub(crate) codepipeline: CodePipeline,
    #[serde(default)]
    pub(crate) connections: Connections,
}

impl Region {
    /// A Region as AWS hands it over: empty but for the default network.
    pub(crate) fn new(name: &str, ids: &mut Ids) -> Region {
        Region {
            autoscaling: Autoscaling::default(),
            ec2: Ec2::new(name, ids),
            logs: Logs::default(),
            rds: Rds::new(ids),
            ecr: Ecr::new(ids),
            ssm: Ssm::default(),
            elb: Elb::default(),
            ecs: Ecs::default(),
            codebuild: CodeBuild::default(),
            codedeploy: CodeDeploy::default(),
            codepipeline: CodePipeline::default(),
            connections: Connections::default(),
        }
    }
}

impl Account {
    /// A fresh account.
    ///
    /// `id` is the twelve-digit account id, `seed` feeds the identifiers (two
    /// accounts need two seeds), `speed` divides what machines take, `now` is
    /// the present in milliseconds since the epoch.
    #[expect(
        clippy::similar_names,
        reason = "`seed` and `speed` are the words for what they are"
    )]
    pub fn new(id: &str, seed: u64, speed: u32, now: Millis) -> Account {
        let mut ids = Ids::new(seed);
        Account {
            iam: Iam::new(id, &mut ids, now),
            id: id.to_owned(),
            speed,
            now,
            ids,
            request_ids: Ids::new(!seed),
            agenda: Agenda::default(),
            history: History::default(),
            regions: BTreeMap::new(),
            s3: S3::default(),
            repositories: Repositories::default(),
            images: Images::default(),
        }
    }

    /// The twelve-digit account id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// By how much machines are faster here than on AWS.
    pub fn speed(&self) -> u32 {
        self.speed
    }

    /// Sets the speed for what starts from now on; what is under way keeps its end.
    pub fn set_speed(&mut self, speed: u32) {
        self.speed = speed;
    }

    /// The calls of the past, oldest first; reads included, secrets masked.
    pub fn events(&self) -> impl DoubleEndedIterator<Item = &Event> {
        self.history.iter()
    }
}
