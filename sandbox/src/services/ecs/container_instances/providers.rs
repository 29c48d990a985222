//! Which capacity provider an instance is of: that of its Auto Scaling group.

use crate::context::Cx;
use crate::services::ecs::{auto_scaling, machines};

/// Gives the instances of a cluster the capacity providers of their groups.
pub(in crate::services::ecs) fn assign_providers(cx: &mut Cx, cluster: &str) {
    let Some(there) = cx.region().ecs.clusters.get(cluster) else {
        return;
    };
    let mine = there.capacity_providers.clone();
    let machines: Vec<_> = there
        .instances
        .values()
        .map(|instance| (instance.id.clone(), instance.ec2_instance.clone()))
        .collect();
    for (id, machine) in machines {
        let group = machines::find(cx, &machine).and_then(|machine| machine.group);
        let region = cx.region();
        let providers = region.ecs.capacity_providers.values();
        let mut providers = providers.filter(|provider| mine.contains(&provider.name));
        let provider = group.and_then(|group| {
            providers.find(|it| auto_scaling::name_in(&it.group_arn) == Some(&group))
        });
        let name = provider.map(|provider| provider.name.clone());
        let cluster = region.ecs.clusters.get_mut(cluster);
        if let Some(instance) = cluster.and_then(|it| it.instances.get_mut(&id)) {
            instance.capacity_provider = name;
        }
    }
}
