//! How clusters and instances are observed: Enhanced Monitoring, Database Insights and Performance
//! Insights.

use serde::{Deserialize, Serialize};

use super::checks;
use super::faults::{combination, invalid};
use crate::fault::Fault;

/// Enhanced Monitoring: the seconds between two looks, nought for none.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Monitoring {
    pub(super) interval: u32,
    pub(super) role: Option<String>,
}

impl Monitoring {
    /// The settings with a change, checked. A role without an interval is refused, but one that
    /// was there before goes with the monitoring.
    pub(super) fn changed(
        &self,
        interval: Option<u32>,
        role: Option<String>,
    ) -> Result<Monitoring, Fault> {
        let interval = interval.unwrap_or(self.interval);
        if ![0, 1, 5, 10, 15, 30, 60].contains(&interval) {
            return Err(invalid(format!(
                "Invalid monitoring interval {interval}. Valid values: 0, 1, 5, 10, 15, 30, 60"
            )));
        }
        let role = role.or_else(|| self.role.clone().filter(|_| interval > 0));
        if (interval > 0) != role.is_some() {
            return Err(combination(
                "A MonitoringRoleArn value is required if you specify a MonitoringInterval value other than 0.",
            ));
        }
        Ok(Monitoring { interval, role })
    }
}

/// Database Insights, and Performance Insights below it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Insights {
    pub(super) mode: String,
    pub(super) enabled: bool,
    pub(super) key: Option<String>,
    pub(super) days: Option<u32>,
}

impl Default for Insights {
    fn default() -> Insights {
        Insights {
            mode: "standard".to_owned(),
            enabled: false,
            key: None,
            days: None,
        }
    }
}

impl Insights {
    /// The settings with a change, checked. Another mode has another period of retention, and what
    /// is switched off has none.
    pub(super) fn changed(
        &self,
        mode: Option<String>,
        enabled: Option<bool>,
        key: Option<String>,
        days: Option<u32>,
    ) -> Result<Insights, Fault> {
        let mode = mode.unwrap_or_else(|| self.mode.clone());
        checks::one_of("DatabaseInsightsMode", &mode, &["standard", "advanced"])?;
        let enabled = enabled.unwrap_or(self.enabled || mode == "advanced");
        let days = days.or(self.days.filter(|_| enabled && mode == self.mode));
        let key = key.or_else(|| self.key.clone().filter(|_| enabled));
        if mode == "advanced" && (!enabled || days.is_some_and(|days| days < 465)) {
            return Err(combination(
                "To use the advanced mode of Database Insights, enable Performance Insights with a retention \
                 period of at least 465 days.",
            ));
        }
        if !enabled && (key.is_some() || days.is_some()) {
            return Err(combination(
                "To set a Performance Insights KMS key or retention period, enable Performance Insights.",
            ));
        }
        if let Some(days) = days.filter(|days| !is_period(*days)) {
            return Err(invalid(format!(
                "Invalid Performance Insights retention period: {days}."
            )));
        }
        let default = if mode == "advanced" { 465 } else { 7 };
        Ok(Insights {
            mode,
            enabled,
            key,
            days: enabled.then(|| days.unwrap_or(default)),
        })
    }
}

/// A week, two years, or months of 31 days in between.
fn is_period(days: u32) -> bool {
    days == 7 || days == 731 || (days.is_multiple_of(31) && (31..=713).contains(&days))
}
