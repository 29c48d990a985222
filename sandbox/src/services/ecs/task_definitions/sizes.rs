//! The CPU and memory of a task, which may be written in units.

use crate::fault::Fault;
use crate::services::ecs::faults::client;

/// CPU units: `256` or `.25 vCPU`.
pub(super) fn cpu(text: &str) -> Result<String, Fault> {
    let units = scaled(text, "vcpu");
    units
        .filter(|units| (128..=196_608).contains(units))
        .map(|units| units.to_string())
        .ok_or_else(|| wrong("cpu"))
}

/// MiB: `512` or `0.5 GB`.
pub(super) fn memory(text: &str) -> Result<String, Fault> {
    let mib = scaled(text, "gb");
    mib.filter(|mib| *mib >= 6)
        .map(|mib| mib.to_string())
        .ok_or_else(|| wrong("memory"))
}

/// What Fargate has: memory for a CPU size.
pub(super) fn fits_fargate(cpu: i64, memory: i64) -> bool {
    let gb = |least: i64, most: i64, step: i64| {
        (least..=most).contains(&memory) && (memory - least) % step == 0
    };
    match cpu {
        256 => [512, 1024, 2048].contains(&memory),
        512 => gb(1024, 4096, 1024),
        1024 => gb(2048, 8192, 1024),
        2048 => gb(4096, 16_384, 1024),
        4096 => gb(8192, 30_720, 1024),
        8192 => gb(16_384, 61_440, 4096),
        16_384 => gb(32_768, 122_880, 8192),
        _ => false,
    }
}

/// A whole number, or 1024 times the number before `unit`.
fn scaled(text: &str, unit: &str) -> Option<i64> {
    let text = text.trim().to_ascii_lowercase();
    let Some(number) = text.strip_suffix(unit) else {
        return text.parse().ok();
    };
    let thousandths = (number.trim().parse::<f64>().ok()? * 1000.0).round();
    #[expect(
        clippy::cast_possible_truncation,
        reason = "no size is anywhere near the bounds of 64 bits, and the cast saturates"
    )]
    let thousandths = thousandths as i64;
    thousandths.checked_mul(1024).map(|units| units / 1000)
}

pub(super) fn wrong(what: &str) -> Fault {
    client(format!(
        "Invalid '{what}' setting for task. For more information, see the Troubleshooting section of the \
         Amazon ECS Developer Guide."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_understood() {
        for (given, units) in [
            ("256", "256"),
            (".25 vCPU", "256"),
            ("1 vcpu", "1024"),
            ("2vCPU", "2048"),
        ] {
            assert_eq!(cpu(given).unwrap(), units, "{given}");
        }
        for (given, mib) in [("500", "500"), ("0.5 GB", "512"), ("3GB", "3072")] {
            assert_eq!(memory(given).unwrap(), mib, "{given}");
        }
        for bad in ["", "x", "-256", "64", "1 GB", "1e30 vCPU"] {
            assert!(cpu(bad).is_err(), "{bad}");
        }
        assert!(memory("0").is_err());
    }

    #[test]
    fn fargate_has_its_sizes() {
        assert!(fits_fargate(256, 512) && fits_fargate(1024, 3072));
        assert!(!fits_fargate(256, 500) && !fits_fargate(300, 512) && !fits_fargate(512, 1500));
    }
}
