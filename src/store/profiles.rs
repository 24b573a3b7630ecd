//! 复核口径 at hand: the files that the person took over, one for each id.

use std::sync::Arc;

use super::json_fault::JsonFault;
use crate::model::profile::Profile;

/// The profiles at hand, by name. Cheap to clone: profiles are shared.
#[derive(Debug, Clone, Default)]
pub struct ProfileShelf {
    profiles: Vec<Arc<Profile>>,
}

/// A profile file that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("复核口径没有载入：{why}。请换一份文件，或改正后重新载入；校验仍按原来的口径。（{name}）")]
pub struct ProfileError {
    /// Name of the file.
    pub name: String,
    /// What is wrong with it.
    pub why: String,
}

impl ProfileShelf {
    /// Puts a profile on the shelf, in the place of one with the same id.
    pub fn put(&mut self, profile: Arc<Profile>) {
        self.remove(&profile.id);
        let place = self
            .profiles
            .partition_point(|known| known.name <= profile.name);
        self.profiles.insert(place, profile);
    }

    /// Takes a profile off the shelf.
    pub fn remove(&mut self, id: &str) {
        self.profiles.retain(|known| known.id != id);
    }

    /// The profile with this id.
    pub fn get(&self, id: &str) -> Option<&Arc<Profile>> {
        self.profiles.iter().find(|known| known.id == id)
    }

    /// All profiles, by name.
    pub fn list(&self) -> &[Arc<Profile>] {
        &self.profiles
    }
}

/// The profile in the text of a file; `name` is for messages.
///
/// # Errors
///
/// What is wrong with it: no JSON, with line and column, or all its problems.
pub fn read_profile(name: &str, text: &str) -> Result<Profile, ProfileError> {
    let refused = |why| ProfileError {
        name: name.to_owned(),
        why,
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let profile: Profile = serde_json::from_str(text).map_err(|error| {
        let JsonFault { line, column, what } = JsonFault::of(text, &error, "复核口径的格式说明");
        refused(format!("第 {line} 行第 {column} 列{what}"))
    })?;
    let problems = profile.problems();
    match problems.is_empty() {
        true => Ok(profile),
        false => Err(refused(problems.join("；"))),
    }
}
