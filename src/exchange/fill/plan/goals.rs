//! 年度总体目标

use super::{board::Spot, draft::Draft, value::Entry};
use crate::{
    exchange::{
        grid::{Cell, Place},
        recognise::{
            captions::{exact, pair, unclassed},
            found::{Field, FoundGoal},
            matching::Matches,
        },
    },
    model::{
        path::{self, GoalField},
        project::Goal,
        typed::trim,
    },
};

/// The texts of a block with their captions.
struct Texts<'t> {
    side: Option<&'t Cell>,
    expected: Option<Field>,
    actual: Option<Field>,
    /// Further ones, with the index of the edition's.
    others: Vec<(Field, Option<usize>)>,
}

/// Characters of a heading at most.
const HEADING: usize = 20;

impl Draft<'_> {
    /// The goal blocks, each with its indicator table.
    pub(super) fn goals(&mut self, matches: &Matches) {
        let project = self.project;
        let found = self.found;
        let goals: Vec<&Goal> = project.goals.iter().map(AsRef::as_ref).collect();
        for (at, own) in self.partners(&goals).into_iter().enumerate() {
            let block = found.goals.get(at);
            let Some((block, goal)) = block.zip(own.and_then(|own| goals.get(own))) else {
                continue;
            };
            self.goal_texts(matches, at, block, goal);
            self.indicators(matches, at, block, goal);
        }
    }

    /// For every block of the template the project's: by caption, else in order.
    fn partners(&self, goals: &[&Goal]) -> Vec<Option<usize>> {
        let caption = |cell: &Option<Cell>| cell.as_ref().map_or("", |cell| &cell.text).to_owned();
        let printed: Vec<String> = self
            .found
            .goals
            .iter()
            .map(|goal| caption(&goal.caption))
            .collect();
        let own: Vec<String> = goals.iter().map(|goal| goal.caption.clone()).collect();
        let mut partners = pair(&printed, &own, unclassed);
        for at in 0..partners.len() {
            let free = at < goals.len() && !partners.contains(&Some(at));
            if partners[at].is_none() && free {
                partners[at] = Some(at);
            }
        }
        partners
    }

    fn goal_texts(&mut self, matches: &Matches, at: usize, block: &FoundGoal, goal: &Goal) {
        let layout = &self.edition.goals;
        let entry = |field: GoalField, caption: &str, text: &str| {
            let area = match goal.caption.as_str() {
                "" => layout.caption.as_str(),
                own => own,
            };
            Entry::text(
                path::Place::Goal(goal.id, field),
                format!("{area} · {caption}"),
                text,
            )
        };
        let caption = entry(GoalField::Caption, "标题", &goal.caption);
        let weight = entry(GoalField::Weight, "分值", goal.weight.text());
        self.goal_caption(block, &caption, &weight);
        let expected = entry(
            GoalField::Expected,
            &layout.expected.caption,
            &goal.expected,
        );
        let actual = entry(GoalField::Actual, layout.actual_caption(), &goal.actual);
        let texts = self.texts(matches, at, block);
        for (field, entry) in [
            (&texts.expected, expected.stated()),
            (&texts.actual, actual),
        ] {
            if let Some(field) = field {
                self.goal_text(&texts, field, &entry);
            }
        }
        for (field, layout_at) in &texts.others {
            let layout = layout_at.and_then(|at| self.edition.goals.extra.get(at));
            if let Some(layout) = layout {
                let text = goal.texts.get(&layout.key).map_or("", |text| text);
                let entry = entry(GoalField::Text(layout.key.clone()), &layout.caption, text);
                self.goal_text(&texts, field, &entry);
            }
        }
    }

    /// The texts of a block. What was read as the value beside a caption is the next caption where the texts of a blank form
    /// belong below.
    fn texts<'t>(&self, matches: &Matches, at: usize, block: &'t FoundGoal) -> Texts<'t> {
        let side = block.side.as_ref();
        let others = matches.goals.get(at).map(|goal| goal.others.as_slice());
        let others = others.unwrap_or_default().iter().copied();
        let mut texts = Texts {
            side,
            expected: block.expected.clone(),
            actual: block.actual.clone(),
            others: block.others.iter().cloned().zip(others).collect(),
        };
        let mut headings: Vec<Cell> = Vec::new();
        let fields = texts.expected.iter_mut().chain(&mut texts.actual);
        for field in fields.chain(texts.others.iter_mut().map(|(field, _)| field)) {
            if self.is_heading_beside(side, field) {
                headings.extend(field.value.take());
            }
        }
        for caption in headings {
            let is_actual = caption.text.contains("完成") || caption.text.contains("实际");
            let words = [caption.text.clone()];
            let field = Field {
                caption,
                value: None,
            };
            if is_actual && texts.actual.is_none() {
                texts.actual = Some(field);
                continue;
            }
            let extra = self.edition.goals.extra.iter();
            let known: Vec<String> = extra.map(|layout| layout.caption.clone()).collect();
            let layout = pair(&words, &known, unclassed).first().copied().flatten();
            let is_free = texts.others.iter().all(|(_, taken)| *taken != layout);
            texts.others.push((field, layout.filter(|_| is_free)));
        }
        texts
    }

    /// Whether what was read as a field's value is a heading like its caption: both have a blank cell below.
    fn is_heading_beside(&self, side: Option<&Cell>, field: &Field) -> bool {
        let caption = self.board.at(field.caption.place);
        let Some(value) = &field.value else {
            return false;
        };
        let spot = self.board.at(value.place);
        let text = trim(&value.text);
        let short = text.chars().count() <= HEADING && !text.contains(['\n', '。', '；', '：']);
        let says = text.contains("目标") || text.contains("完成情况");
        short
            && spot.place.row == caption.place.row
            && spot.place != caption.place
            && (says || is_deep(side, &caption))
            && [caption, spot].iter().all(|above| {
                let below = self.board.below(above);
                below.is_blank()
                    && below.place.column == above.place.column
                    && below.place.row < self.found.rows.end
            })
    }

    /// Caption and points of a block are printed together, and are the bureau's.
    fn goal_caption(&mut self, block: &FoundGoal, caption: &Entry, weight: &Entry) {
        let printed = block.caption.as_ref().map_or("", |cell| &cell.text);
        let says = |entry: &Entry| exact(printed).contains(&exact(&entry.text));
        for entry in [caption, weight] {
            if says(entry) {
                self.see(&entry.place);
            } else {
                let at = block.caption.as_ref().map(|cell| cell.place);
                self.lacks(entry, at, "目标的标题和分值按原表保留");
            }
        }
    }

    fn goal_text(&mut self, block: &Texts, field: &Field, entry: &Entry) {
        match self.value_of(field) {
            Some(value) if value.place != field.caption.place => self.goal_value(value, entry),
            None if !self.is_shared(field) => match self.blank_goal(block, field) {
                Some(place) => self.put(place, entry),
                None => self.lacks(
                    entry,
                    Some(field.caption.place),
                    "原表的这个标题旁边没有可填的空格",
                ),
            },
            _ => self.put_field(field, entry),
        }
    }

    /// Whether the caption ends with a colon and nothing is left beside it: the value is written behind it.
    fn is_shared(&self, field: &Field) -> bool {
        let spot = self.board.at(field.caption.place);
        let beside = self.board.right_of(&spot);
        trim(spot.text).ends_with([':', '：']) && beside.is_none_or(|right| !right.is_blank())
    }

    /// A text may stand in several cells one below the other: the first gets it all.
    fn goal_value(&mut self, value: &Cell, entry: &Entry) {
        let spot = self.board.at(value.place);
        let rest: Vec<Place> = (spot.below()..value.place.row.saturating_add(value.rows))
            .flat_map(|row| {
                self.board
                    .row(row)
                    .filter(move |below| below.place.row == row)
            })
            .filter(|below| (spot.place.column..spot.right()).contains(&below.place.column))
            .map(|below| below.place)
            .collect();
        if rest.is_empty() {
            return self.put_value(value, entry);
        }
        if entry.kind.clean(&value.text).text == entry.text {
            return self.see(&entry.place);
        }
        self.put(value.place, entry);
        for place in rest {
            self.blank(place, &entry.place);
        }
    }

    /// Where a text that is blank belongs: below its caption where captions stand side by side, else right of it.
    fn blank_goal(&self, block: &Texts, field: &Field) -> Option<Place> {
        let caption = self.board.at(field.caption.place);
        let below = self.board.below(&caption);
        let below = (below.is_blank() && below.place.row < self.found.rows.end)
            .then_some(below.place)
            .filter(|place| place.column == caption.place.column);
        let right = self.board.right_of(&caption);
        let right = right
            .filter(|right| right.is_blank() && right.place.row == caption.place.row)
            .map(|right| right.place);
        let fields = [&block.expected, &block.actual];
        let same_row = fields.iter().all(|field| {
            field
                .as_ref()
                .is_some_and(|field| field.caption.place.row == caption.place.row)
        });
        let told_below = fields
            .iter()
            .filter_map(|field| field.as_ref()?.value.as_ref());
        let told_below = told_below
            .into_iter()
            .any(|value| value.place.row >= caption.below());
        if same_row && (told_below || is_deep(block.side, &caption)) {
            below.or(right)
        } else {
            right.or(below)
        }
    }
}

/// Whether the caption at the side reaches lower than one beside it, which then has its text below.
fn is_deep(side: Option<&Cell>, caption: &Spot) -> bool {
    side.is_some_and(|side| side.place.row == caption.place.row && side.rows > caption.rows)
}
