//! An application's database: what the PostgreSQL JDBC driver meets when it connects.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::context::Cx;
use crate::services::ec2::reach::{End, connects};
use crate::services::ecs::machines::Machine;
use crate::services::rds::{self, Denied};

const URL: &str = "SPRING_DATASOURCE_URL";
const USER: &str = "SPRING_DATASOURCE_USERNAME";
const PASSWORD: &str = "SPRING_DATASOURCE_PASSWORD";

/// Why there is no connection, in the driver's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NoConnection {
    /// From the start of the application to its end.
    pub(super) lasts: Duration,
    pub(super) lines: Vec<String>,
}

impl NoConnection {
    fn new(seconds: u64, message: &str, cause: Option<String>) -> NoConnection {
        let mut lines = vec![
            "ERROR HikariPool-1 - Exception during pool initialization.".to_owned(),
            format!("org.postgresql.util.PSQLException: {message}"),
        ];
        lines.extend(cause.map(|cause| format!("Caused by: {cause}")));
        lines.push("ERROR Application run failed".to_owned());
        NoConnection {
            lasts: Duration::from_secs(seconds),
            lines,
        }
    }
}

/// Whether an application of that environment has a database at all.
pub(super) fn is_wanted(variables: &BTreeMap<String, String>) -> bool {
    variables.contains_key(URL)
}

/// Connects from a machine to the database of that environment.
pub(super) fn connect(
    cx: &mut Cx,
    machine: Option<&Machine>,
    variables: &BTreeMap<String, String>,
) -> Result<(), NoConnection> {
    let of = |name: &str| variables.get(name).map_or("", String::as_str);
    let url = of(URL);
    let Some(Url {
        host,
        port,
        database,
    }) = Url::read(url)
    else {
        let words = format!("Driver org.postgresql.Driver claims to not accept jdbcUrl, {url}");
        return Err(NoConnection {
            lasts: Duration::from_secs(20),
            lines: vec![
                format!("java.lang.RuntimeException: {words}"),
                "ERROR Application run failed".to_owned(),
            ],
        });
    };
    let failed = "The connection attempt failed.";
    let Some(endpoint) = rds::resolve(cx, host) else {
        let cause = format!("java.net.UnknownHostException: {host}");
        return Err(NoConnection::new(25, failed, Some(cause)));
    };
    if !machine.is_some_and(|machine| is_reached(cx, machine, &endpoint, port)) {
        let cause = "java.net.SocketTimeoutException: Connect timed out".to_owned();
        return Err(NoConnection::new(55, failed, Some(cause)));
    }
    if port != endpoint.port {
        let words = format!(
            "Connection to {host}:{port} refused. Check that the hostname and port are correct and that the \
             postmaster is accepting TCP/IP connections."
        );
        let cause = "java.net.ConnectException: Connection refused".to_owned();
        return Err(NoConnection::new(25, &words, Some(cause)));
    }
    let user = of(USER);
    // The driver asks for the database of the user's name where the URL names none.
    let database = if database.is_empty() { user } else { database };
    rds::log_in(cx, &endpoint.cluster, user, of(PASSWORD), database).map_err(|denied| {
        let words = match denied {
            Denied::Password if of(PASSWORD).is_empty() => {
                "The server requested SCRAM-based authentication, but no password was provided."
                    .to_owned()
            }
            Denied::Password => {
                format!("FATAL: password authentication failed for user \"{user}\"")
            }
            Denied::Protocol => "Protocol error.  Session setup failed.".to_owned(),
            Denied::Database => format!("FATAL: database \"{database}\" does not exist"),
        };
        NoConnection::new(30, &words, None)
    })
}

/// Whether security groups let the machine reach the database: inside a VPC by its private address,
/// from outside by its public one.
fn is_reached(cx: &mut Cx, machine: &Machine, endpoint: &rds::Endpoint, port: u16) -> bool {
    let ec2 = &cx.region().ec2;
    let (from, to) = if machine.vpc == endpoint.vpc {
        (Some(machine.address), Some(endpoint.private_address))
    } else {
        (machine.public_address, endpoint.public_address)
    };
    let Some((from, to)) = from.zip(to) else {
        return false;
    };
    let from = End {
        groups: &machine.security_groups,
        address: from,
    };
    let to = End {
        groups: &endpoint.groups,
        address: to,
    };
    connects(ec2, from, to, port)
}

/// `jdbc:postgresql://host:port/database?options`
#[derive(Debug, PartialEq, Eq)]
struct Url<'a> {
    host: &'a str,
    port: u16,
    database: &'a str,
}

impl Url<'_> {
    fn read(url: &str) -> Option<Url<'_>> {
        let rest = url.trim().strip_prefix("jdbc:postgresql://")?;
        let rest = rest.split('?').next().unwrap_or(rest);
        let (authority, database) = rest.split_once('/').unwrap_or((rest, ""));
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) => (host, port.parse().ok()?),
            None => (authority, 5432),
        };
        (!host.is_empty()).then_some(Url {
            host,
            port,
            database,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls() {
        let url = |host, port, database| {
            Some(Url {
                host,
                port,
                database,
            })
        };
        assert_eq!(
            Url::read("jdbc:postgresql://db:5433/app"),
            url("db", 5433, "app")
        );
        assert_eq!(
            Url::read("jdbc:postgresql://db/app?ssl=true"),
            url("db", 5432, "app")
        );
        assert_eq!(Url::read("jdbc:postgresql://db"), url("db", 5432, ""));
        for bad in [
            "",
            "postgresql://db/app",
            "jdbc:mysql://db/app",
            "jdbc:postgresql://:5432/app",
            "jdbc:postgresql://db:x/a",
        ] {
            assert_eq!(Url::read(bad), None, "{bad}");
        }
    }
}
