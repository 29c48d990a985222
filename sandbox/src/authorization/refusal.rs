//! The refusals (IAM User Guide, "Troubleshoot access denied error messages").

use crate::fault::Fault;
use crate::protocol::Wire;
use crate::service::Service;
use crate::services::iam::Denial;

/// The refusal of what an operation does beside its own action.
pub(crate) fn refusal(service: &Service, denial: &Denial) -> Fault {
    in_form(service, denial, &denial.resource)
}

/// The refusal of the operation itself: IAM calls what it is about by its name.
pub(super) fn of_operation(service: &Service, operation: &str, denial: &Denial) -> Fault {
    let named = service.name == "iam" && !operation.starts_with("Create");
    let name = denial.resource.rsplit('/').next().unwrap_or_default();
    let resource = match denial.resource.split(':').next_back() {
        Some(entity) if named && entity.starts_with("role/") && !name.is_empty() => {
            format!("role {name}")
        }
        Some(entity) if named && entity.starts_with("instance-profile/") && !name.is_empty() => {
            format!("instance profile {name}")
        }
        _ => denial.resource.clone(),
    };
    in_form(service, denial, &resource)
}

fn in_form(service: &Service, denial: &Denial, resource: &str) -> Fault {
    let Denial {
        user,
        action,
        explicit,
        ..
    } = denial;
    let because = if *explicit {
        "with an explicit deny in an identity-based policy".to_owned()
    } else {
        format!("because no identity-based policy allows the {action} action")
    };
    let says = |resource: String| {
        format!("User: {user} is not authorized to perform: {action}{resource} {because}")
    };
    let on = format!(" on resource: {resource}");
    match service.wire {
        Wire::Ec2 { .. } => {
            // What lists has no resource, and EC2 names none.
            let on = if resource == "*" { String::new() } else { on };
            let words = format!(
                "You are not authorized to perform this operation. {}",
                says(on)
            );
            Fault::new("UnauthorizedOperation", words).with_status(403)
        }
        Wire::Json { .. } | Wire::Cbor => Fault::new("AccessDeniedException", says(on)),
        Wire::Query { .. } => Fault::new("AccessDenied", says(on)).with_status(403),
        Wire::Rest { .. } => {
            let words = says(format!(" on resource: \"{resource}\""));
            Fault::new("AccessDenied", words).with_status(403)
        }
    }
}
