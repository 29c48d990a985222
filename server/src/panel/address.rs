//! The address that a database's security group should know the attendee by.

use std::net::Ipv4Addr;
use std::time::Duration;

use workshop::blueprint::Variables;
use workshop::model::AccountKind;

/// AWS's own answer to "which address do I come from?".
const CHECK_IP: &str = "https://checkip.amazonaws.com";
const LIMIT: Duration = Duration::from_secs(3);

/// This machine's address as the account sees it. The simulated account is in this process; a
/// real one is asked through AWS, and `None` where that does not answer: the person enters it.
pub(super) async fn my_address(account: AccountKind) -> Option<Ipv4Addr> {
    match account {
        AccountKind::Sandbox { .. } => Some(Ipv4Addr::LOCALHOST),
        AccountKind::Aws => {
            let client = reqwest::Client::builder().timeout(LIMIT).build().ok()?;
            let answer = client
                .get(CHECK_IP)
                .send()
                .await
                .ok()?
                .error_for_status()
                .ok()?;
            answer.text().await.ok()?.trim().parse().ok()
        }
    }
}

/// Whom the workshop lets in: the VPC, where the tasks will run, and the attendee, as far as the
/// two are known.
pub(super) fn set_db_sources(variables: &mut Variables) {
    let vpc = variables.get("vpc_cidr").map(str::to_owned);
    let me = variables
        .get("my_address")
        .map(|address| format!("{address}/32"));
    let sources: Vec<_> = vpc.into_iter().chain(me).collect();
    if !sources.is_empty() {
        variables.set("db_sources", sources.join(", "));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_address_is_left_out() {
        let mut variables = Variables::default();
        variables.set("vpc_cidr", "172.31.0.0/16");
        set_db_sources(&mut variables);
        assert_eq!(variables.get("db_sources"), Some("172.31.0.0/16"));
        variables.set("my_address", "203.0.113.7");
        set_db_sources(&mut variables);
        assert_eq!(
            variables.get("db_sources"),
            Some("172.31.0.0/16, 203.0.113.7/32")
        );
    }
}
