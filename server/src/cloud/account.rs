//! Whose account it is, and the network that is there already.

use aws_sdk_ec2::types::Filter;

use super::CloudError;
use super::clients::Clients;

/// Whose credentials are used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The account's twelve digits.
    pub account: String,
    /// The ARN of the user or the role's session.
    pub arn: String,
    /// The account's alias, if it has one and it may be read.
    pub alias: Option<String>,
}

/// The default VPC of a Region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Network {
    /// Its id.
    pub vpc_id: String,
    /// Its IPv4 range.
    pub vpc_cidr: String,
    /// The zones in which it has subnets, in order.
    pub zones: Vec<String>,
    /// Its subnets, in the order of their zones.
    pub subnets: Vec<String>,
    /// Its security group `default`.
    pub default_group: Option<String>,
}

/// `GetCallerIdentity`, which needs no permission, and `ListAccountAliases`.
pub(super) async fn identity(clients: &Clients) -> Result<Identity, CloudError> {
    let caller = clients.sts.get_caller_identity().send();
    let caller = clients.ask("sts", "GetCallerIdentity", caller).await?;
    let aliases = clients.iam.list_account_aliases().send();
    let alias = clients
        .ask("iam", "ListAccountAliases", aliases)
        .await
        .ok()
        .and_then(|aliases| aliases.account_aliases.into_iter().next());
    Ok(Identity {
        account: caller.account.unwrap_or_default(),
        arn: caller.arn.unwrap_or_default(),
        alias,
    })
}

/// `DescribeVpcs` for the default one, `DescribeSubnets` for its zones, and
/// `DescribeSecurityGroups` for its default group.
pub(super) async fn network(clients: &Clients) -> Result<Option<Network>, CloudError> {
    let vpcs = clients
        .ec2
        .describe_vpcs()
        .filters(Filter::builder().name("is-default").values("true").build())
        .send();
    let vpcs = clients.ask("ec2", "DescribeVpcs", vpcs).await?;
    let Some((vpc_id, vpc_cidr)) = vpcs
        .vpcs
        .unwrap_or_default()
        .into_iter()
        .find_map(|vpc| vpc.vpc_id.zip(vpc.cidr_block))
    else {
        return Ok(None);
    };
    let subnets = clients
        .ec2
        .describe_subnets()
        .filters(Filter::builder().name("vpc-id").values(&vpc_id).build())
        .send();
    let subnets = clients.ask("ec2", "DescribeSubnets", subnets).await?;
    let mut subnets: Vec<(String, String)> = subnets
        .subnets
        .unwrap_or_default()
        .into_iter()
        .filter_map(|subnet| subnet.availability_zone.zip(subnet.subnet_id))
        .collect();
    subnets.sort();
    let (mut zones, subnets): (Vec<_>, Vec<_>) = subnets.into_iter().unzip();
    zones.dedup();
    Ok(Some(Network {
        default_group: default_group(clients, &vpc_id).await?,
        vpc_id,
        vpc_cidr,
        zones,
        subnets,
    }))
}

async fn default_group(clients: &Clients, vpc_id: &str) -> Result<Option<String>, CloudError> {
    let filter = |name: &str, value: &str| Filter::builder().name(name).values(value).build();
    let asked = clients
        .ec2
        .describe_security_groups()
        .filters(filter("vpc-id", vpc_id))
        .filters(filter("group-name", "default"))
        .send();
    let answer = clients.ask("ec2", "DescribeSecurityGroups", asked).await?;
    Ok(answer
        .security_groups
        .and_then(|groups| groups.into_iter().next())
        .and_then(|group| group.group_id))
}
