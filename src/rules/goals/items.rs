//! The items of a goal against those of its result: G04.

use crate::{
    model::path::{GoalField, Place},
    rules::{form::Form, sink::Sink},
};

/// G04
pub fn items_missing(form: &Form<'_>, sink: &mut Sink<'_>) {
    for goal in &form.goals {
        let expected = goal.expected_items().len();
        let actual = goal.actual_items().len();
        if expected != actual && expected > 1 && actual > 1 {
            let hit = sink.hit(
                Place::Goal(goal.goal.id, GoalField::Actual),
                format!("预期目标有{expected}条，实际完成情况有{actual}条"),
                "逐条对应说明完成情况",
            );
            sink.push(hit);
        }
    }
}
