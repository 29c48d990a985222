//! IAM: roles, instance profiles, policies, and what they allow.

mod account_aliases;
mod attached_policies;
mod authority;
mod caller;
mod checks;
mod inline_policies;
mod instance_profiles;
mod linked_deletion;
mod listing;
mod managed;
mod policies;
mod policy;
mod principals;
mod profile_roles;
mod role_tags;
mod roles;
mod service_linked;
mod simulate;
mod sources;
mod state;
mod users;

use crate::protocol::{InputError, Wire};
use crate::service::{Service, operations};

pub(crate) use authority::{authorize, may, role_exists, trusts};
pub use caller::PolicyError;
pub(crate) use caller::{
    Denial, Key, caller_links, caller_may, caller_passes, is_limited, with_path,
};
pub(crate) use instance_profiles::{Profile, profile};
pub(crate) use linked_deletion::{Due, due};
pub(crate) use service_linked::service_linked;
pub(crate) use state::Iam;

pub(crate) static SERVICE: Service = Service {
    name: "iam",
    wire: Wire::Query {
        version: "2010-05-08",
        namespace: "https://iam.amazonaws.com/doc/2010-05-08/",
        item: |_| "member",
    },
    refusal: InputError::query,
    secrets: &[],
    operations: operations! {
        "CreateRole" => roles::create_role,
        "GetRole" => roles::get_role,
        "ListRoles" => roles::list_roles,
        "UpdateRole" => roles::update_role,
        "UpdateAssumeRolePolicy" => roles::update_assume_role_policy,
        "DeleteRole" => roles::delete_role,
        "CreateServiceLinkedRole" => service_linked::create_service_linked_role,
        "DeleteServiceLinkedRole" => linked_deletion::delete_service_linked_role,
        "GetServiceLinkedRoleDeletionStatus" => linked_deletion::get_service_linked_role_deletion_status,
        "TagRole" => role_tags::tag_role,
        "UntagRole" => role_tags::untag_role,
        "ListRoleTags" => role_tags::list_role_tags,
        "AttachRolePolicy" => attached_policies::attach_role_policy,
        "DetachRolePolicy" => attached_policies::detach_role_policy,
        "ListAttachedRolePolicies" => attached_policies::list_attached_role_policies,
        "PutRolePolicy" => inline_policies::put_role_policy,
        "GetRolePolicy" => inline_policies::get_role_policy,
        "DeleteRolePolicy" => inline_policies::delete_role_policy,
        "ListRolePolicies" => inline_policies::list_role_policies,
        "CreateInstanceProfile" => instance_profiles::create_instance_profile,
        "GetInstanceProfile" => instance_profiles::get_instance_profile,
        "ListInstanceProfiles" => instance_profiles::list_instance_profiles,
        "DeleteInstanceProfile" => instance_profiles::delete_instance_profile,
        "AddRoleToInstanceProfile" => profile_roles::add_role_to_instance_profile,
        "RemoveRoleFromInstanceProfile" => profile_roles::remove_role_from_instance_profile,
        "ListInstanceProfilesForRole" => profile_roles::list_instance_profiles_for_role,
        "CreatePolicy" => policies::create_policy,
        "GetPolicy" => policies::get_policy,
        "GetPolicyVersion" => policies::get_policy_version,
        "ListPolicies" => policies::list_policies,
        "DeletePolicy" => policies::delete_policy,
        "ListAccountAliases" => account_aliases::list_account_aliases,
        "GetUser" => users::get_user,
        "SimulatePrincipalPolicy" => simulate::simulate_principal_policy,
    },
};
