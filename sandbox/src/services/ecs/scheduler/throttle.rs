//! How the scheduler holds back when it fails again and again.

use std::time::Duration;

use crate::context::Cx;
use crate::services::ecs::state::Throttle;

/// Failures that ECS takes as they come.
const PATIENCE: u32 = 3;
/// The first pause, which doubles with each failure, and the longest
/// (ECS Developer Guide, "Amazon ECS service throttle logic": 27 minutes).
const FIRST: Duration = Duration::from_secs(30);
const LONGEST: Duration = Duration::from_mins(27);
/// How often it looks again for room of which nobody tells.
const ROOM: Duration = Duration::from_mins(1);

/// The pause after so many failures one after the other.
fn pause(first: Duration, failures: u32) -> Duration {
    let doubled = first.saturating_mul(2_u32.saturating_pow(failures.min(16)));
    doubled.min(LONGEST)
}

/// Counts a task that failed; whether the service holds back from now on.
pub(super) fn failure(cx: &Cx, throttle: &mut Throttle) -> bool {
    throttle.failed = throttle.failed.saturating_add(1);
    throttle.in_a_row = throttle.in_a_row.saturating_add(1);
    if throttle.in_a_row < PATIENCE {
        return false;
    }
    throttle.until = Some(cx.after(pause(FIRST, throttle.in_a_row - PATIENCE)));
    true
}

/// Counts a look for room in vain.
pub(super) fn no_room(cx: &Cx, throttle: &mut Throttle) {
    throttle.until = Some(cx.after(pause(ROOM, throttle.unplaced)));
    throttle.unplaced = throttle.unplaced.saturating_add(1);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_and_have_an_end() {
        let pauses = [0, 1, 2, 99].map(|failures| pause(FIRST, failures));
        assert_eq!(pauses[..3], [30, 60, 120].map(Duration::from_secs));
        assert_eq!(pauses[3], LONGEST);
    }
}
