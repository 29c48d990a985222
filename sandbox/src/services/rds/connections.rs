//! What a client of a database meets: a name that resolves or not, an interface to reach, and a
//! server that lets in who knows the password.

use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::engines::Engine;
use super::life::Status;
use super::state::{Cluster, Instance, Rds};
use crate::context::Cx;

/// A master password, of which only a salted hash is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Password {
    salt: String,
    hash: String,
}

impl Password {
    pub(super) fn new(cx: &mut Cx, password: &str) -> Password {
        let salt = cx.id("", 32);
        let hash = hash(&salt, password);
        Password { salt, hash }
    }

    fn is(&self, password: &str) -> bool {
        self.hash == hash(&self.salt, password)
    }
}

fn hash(salt: &str, password: &str) -> String {
    hex::encode(Sha256::digest(format!("{salt}:{password}")))
}

/// Where the name of an endpoint leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Endpoint {
    /// The cluster's name.
    pub(crate) cluster: String,
    pub(crate) port: u16,
    pub(crate) vpc: String,
    pub(crate) groups: Vec<String>,
    pub(crate) private_address: Ipv4Addr,
    pub(crate) public_address: Option<Ipv4Addr>,
}

/// Why a PostgreSQL client is not let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Denied {
    Password,
    Database,
    /// The cluster is of another engine, which does not understand it.
    Protocol,
}

/// What `host` is: the writer or reader endpoint of a cluster, or the endpoint of an instance. A
/// name without a machine behind it does not resolve.
pub(crate) fn resolve(cx: &mut Cx, host: &str) -> Option<Endpoint> {
    let end = format!(".{}.rds.amazonaws.com", cx.region);
    let region = cx.region();
    let rds = &region.rds;
    let (name, domain) = host.strip_suffix(&end)?.split_once('.')?;
    let instance = if domain == rds.domain {
        rds.instances.get(name)?
    } else if domain == format!("cluster-{}", rds.domain) {
        let writer = rds.clusters.get(name)?.writer.as_ref()?;
        rds.instances.get(writer)?
    } else if domain == format!("cluster-ro-{}", rds.domain) {
        reader(rds, name)?
    } else {
        return None;
    };
    let cluster = rds.clusters.get(&instance.cluster)?;
    let interface = region
        .ec2
        .network_interfaces
        .get(instance.interface.as_ref()?)?;
    (is_up(cluster, instance)).then_some(())?;
    Some(Endpoint {
        cluster: cluster.id.clone(),
        port: cluster.port,
        vpc: interface.vpc.clone(),
        groups: interface.groups.clone(),
        private_address: interface.private_ip.parse().ok()?,
        public_address: interface
            .public_ip
            .as_ref()
            .and_then(|address| address.parse().ok()),
    })
}

/// A reader of the cluster, or its writer where there is no other.
fn reader<'a>(rds: &'a Rds, cluster: &str) -> Option<&'a Instance> {
    let writer = rds.clusters.get(cluster)?.writer.as_ref();
    let members = rds.members(cluster);
    members
        .iter()
        .find(|instance| Some(&instance.id) != writer)
        .or_else(|| members.first())
        .copied()
}

fn is_up(cluster: &Cluster, instance: &Instance) -> bool {
    let is_down = |status| {
        matches!(
            status,
            Status::Creating
                | Status::Stopped
                | Status::Stopping
                | Status::Starting
                | Status::Deleting
        )
    };
    !is_down(cluster.life.status) && !is_down(instance.life.status)
}

/// Lets a client of PostgreSQL in: it must know the master user's password, and ask for a database that there is.
pub(crate) fn log_in(
    cx: &mut Cx,
    cluster: &str,
    user: &str,
    password: &str,
    database: &str,
) -> Result<(), Denied> {
    let Some(cluster) = cx.region().rds.clusters.get(cluster) else {
        return Err(Denied::Password);
    };
    if cluster.engine != Engine::AuroraPostgresql {
        return Err(Denied::Protocol);
    }
    // Clusters that were stored before passwords were kept let everyone in.
    let knows = cluster.password.as_ref().is_none_or(|it| it.is(password));
    if user != cluster.user || !knows {
        return Err(Denied::Password);
    }
    let is_there = database == "postgres" || cluster.database.as_deref() == Some(database);
    if is_there {
        Ok(())
    } else {
        Err(Denied::Database)
    }
}
