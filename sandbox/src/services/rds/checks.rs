//! What RDS checks in the values that it is given.

use super::engines::Engine;
use super::faults::{combination, invalid};
use super::state::Rds;
use crate::context::Cx;
use crate::fault::Fault;

/// The identifier as RDS keeps it, in lower case. `most` is how long it may be.
pub(super) fn identifier(parameter: &str, given: &str, most: usize) -> Result<String, Fault> {
    let id = given.to_ascii_lowercase();
    let starts_well = id.starts_with(|first: char| first.is_ascii_lowercase());
    let letters_only = id
        .chars()
        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if !starts_well || !letters_only || id.ends_with('-') || id.contains("--") {
        return Err(invalid(format!(
            "The parameter {parameter} is not a valid identifier. Identifiers must begin with a letter; \
             must contain only ASCII letters, digits, and hyphens; and must not end with a hyphen or \
             contain two consecutive hyphens."
        )));
    }
    if id.len() > most {
        return Err(invalid(format!(
            "The parameter {parameter} is not a valid identifier because it is longer than {most} characters."
        )));
    }
    Ok(id)
}

/// What an identifier that may also be an ARN names: `db` in `arn:…:cluster:db`.
pub(super) fn name_of(identifier: &str) -> String {
    let name = if identifier.starts_with("arn:") {
        identifier.rsplit(':').next().unwrap_or_default()
    } else {
        identifier
    };
    name.to_ascii_lowercase()
}

/// The master password: 8 to 41 printable ASCII characters without `/`, `@`, `"` and space
/// (RDS API Reference, `CreateDBCluster`).
pub(super) fn password(password: &str) -> Result<(), Fault> {
    let fault = |why: &str| {
        Err(invalid(format!(
            "The parameter MasterUserPassword is not a valid password{why}"
        )))
    };
    match password.len() {
        0..8 => return fault(" because it is shorter than 8 characters."),
        42.. => return fault(" because it is longer than 41 characters."),
        _ => {}
    }
    if password
        .chars()
        .any(|c| !c.is_ascii_graphic() || "/@\"".contains(c))
    {
        return fault(". Only printable ASCII characters besides '/', '@', '\"', ' ' may be used.");
    }
    Ok(())
}

/// The master user's name.
pub(super) fn user(engine: Engine, name: &str) -> Result<(), Fault> {
    if name.len() > engine.longest_user || !is_word(name) {
        return Err(invalid(format!(
            "The parameter MasterUsername must begin with a letter and contain only alphanumeric \
             characters, {} at most.",
            engine.longest_user
        )));
    }
    if engine.reserves(name) {
        return Err(invalid(format!(
            "MasterUsername {name} cannot be used as it is a reserved word used by the engine"
        )));
    }
    Ok(())
}

/// The initial database's name.
pub(super) fn database(engine: Engine, name: &str) -> Result<(), Fault> {
    if name.len() > engine.longest_database || !is_word(name) {
        return Err(invalid(format!(
            "DatabaseName must begin with a letter and contain only alphanumeric characters, {} at most.",
            engine.longest_database
        )));
    }
    if engine.reserves(name) {
        return Err(invalid(format!(
            "DatabaseName {name} cannot be used.  It is a reserved word for this engine"
        )));
    }
    Ok(())
}

fn is_word(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// The port: RDS keeps those below 1150.
pub(super) fn port(port: u32) -> Result<u16, Fault> {
    u16::try_from(port)
        .ok()
        .filter(|port| *port >= 1150)
        .ok_or_else(|| {
            invalid(format!(
                "Invalid port: {port}. The port must be between 1150 and 65535."
            ))
        })
}

/// How many days automatic backups are kept.
pub(super) fn backup_days(days: u32) -> Result<u32, Fault> {
    if (1..=35).contains(&days) {
        return Ok(days);
    }
    Err(invalid(format!(
        "Invalid backup retention period: {days}. The backup retention period must be between 1 and 35 days."
    )))
}

/// `PreferredBackupWindow`: `hh24:mi-hh24:mi`, at least half an hour.
pub(super) fn backup_window(window: &str) -> Result<(), Fault> {
    let minutes = window
        .split_once('-')
        .and_then(|(from, to)| Some((time_of_day(from)?, time_of_day(to)?)))
        .map(|(from, to)| (to + 1440 - from) % 1440);
    if minutes.is_some_and(|minutes| minutes >= 30) {
        return Ok(());
    }
    Err(invalid(format!(
        "Invalid backup window: {window}. It must be in the format hh24:mi-hh24:mi and at least 30 minutes long."
    )))
}

/// `PreferredMaintenanceWindow`: `ddd:hh24:mi-ddd:hh24:mi`, at least half an hour.
pub(super) fn maintenance_window(window: &str) -> Result<(), Fault> {
    const WEEK: u32 = 7 * 1440;
    let minute = |text: &str| {
        let (day, time) = text.split_once(':')?;
        let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
        let day = days
            .iter()
            .position(|known| day.eq_ignore_ascii_case(known))?;
        Some(u32::try_from(day).ok()? * 1440 + time_of_day(time)?)
    };
    let minutes = window
        .split_once('-')
        .and_then(|(from, to)| Some((minute(from)?, minute(to)?)))
        .map(|(from, to)| (to + WEEK - from) % WEEK);
    if minutes.is_some_and(|minutes| (30..1440).contains(&minutes)) {
        return Ok(());
    }
    Err(invalid(format!(
        "Invalid maintenance window: {window}. It must be in the format ddd:hh24:mi-ddd:hh24:mi, \
         at least 30 minutes and less than 24 hours long."
    )))
}

/// Minutes since midnight of `hh24:mi`.
fn time_of_day(text: &str) -> Option<u32> {
    let (hours, minutes) = text.split_once(':')?;
    if hours.len() != 2 || minutes.len() != 2 {
        return None;
    }
    let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

/// The logs that a cluster exports.
pub(super) fn log_exports(engine: Engine, version: &str, types: &[String]) -> Result<(), Fault> {
    let mut unknown: Vec<_> = types.iter().map(String::as_str).collect();
    unknown.retain(|kind| !engine.log_types.contains(kind));
    if unknown.is_empty() {
        return Ok(());
    }
    Err(combination(format!(
        "You cannot use the log types '{}' with engine version {} {version}. For supported log types, see \
         the documentation.",
        unknown.join(", "),
        engine.name
    )))
}

/// `StorageType` of a cluster.
pub(super) fn storage(given: &str) -> Result<(), Fault> {
    one_of("StorageType", given, &["aurora", "aurora-iopt1"])
}

/// `NetworkType` of a cluster; no subnet here has IPv6 addresses.
pub(super) fn network(given: &str) -> Result<(), Fault> {
    one_of("NetworkType", given, &["IPV4"])
}

/// One of a few values.
pub(super) fn one_of(parameter: &str, given: &str, known: &[&str]) -> Result<(), Fault> {
    if known.contains(&given) {
        return Ok(());
    }
    Err(invalid(format!(
        "Invalid value {given} for {parameter}. Valid values: {}",
        known.join(" | ")
    )))
}

/// Security groups that are to guard something in `vpc`: they exist there.
pub(super) fn security_groups(cx: &mut Cx, vpc: &str, groups: &[String]) -> Result<(), Fault> {
    let ec2 = &cx.region().ec2;
    let known = |id: &&String| {
        ec2.security_groups
            .get(*id)
            .is_some_and(|group| group.vpc == vpc)
    };
    match groups.iter().find(|id| !known(id)) {
        Some(id) => Err(invalid(format!(
            "Invalid security group , groupId= {id}, groupName=."
        ))),
        None => Ok(()),
    }
}

/// The encryption key, of which this account has one: RDS's own.
pub(super) fn key(rds: &Rds, given: &str) -> Result<(), Fault> {
    let own = given == rds.key || given.ends_with(&format!(":key/{}", rds.key));
    if own || given == "alias/aws/rds" || given.ends_with(":alias/aws/rds") {
        return Ok(());
    }
    Err(Fault::new(
        "KMSKeyNotAccessibleFault",
        format!(
            "The specified KMS key [{given}] does not exist, is not enabled or you do not have permissions to access it."
        ),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers() {
        assert_eq!(identifier("X", "Trip-DB1", 63).unwrap(), "trip-db1");
        for bad in ["", "1db", "db-", "d--b", "d_b", "dä"] {
            assert!(identifier("X", bad, 63).is_err(), "{bad}");
        }
        assert!(identifier("X", &"a".repeat(64), 63).is_err());
    }

    #[test]
    fn passwords() {
        assert!(password("postgres123").is_ok());
        for bad in [
            "seven77",
            "with space",
            "with/slash",
            "with@sign!",
            "with\"quote",
        ] {
            assert!(password(bad).is_err(), "{bad}");
        }
        assert!(password(&"p".repeat(42)).is_err());
    }

    #[test]
    fn windows() {
        assert!(backup_window("23:45-00:15").is_ok());
        assert!(maintenance_window("Sun:23:45-mon:00:15").is_ok());
        for bad in ["04:00-04:29", "4:00-5:00", "24:00-25:00", "04:00"] {
            assert!(backup_window(bad).is_err(), "{bad}");
        }
        for bad in ["sun:04:00-mon:04:00", "son:04:00-son:05:00", "04:00-05:00"] {
            assert!(maintenance_window(bad).is_err(), "{bad}");
        }
    }
}
