//! Keys of the grid, taken before its text field sees them: as in Excel. During a composition with an input method none is
//! taken.

use egui::{Event, ImeEvent, Key, Modifiers};

use super::selection::Step;

/// What a key asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum GridKey {
    /// Move the cursor; `true` grows the range.
    Step(Step, bool),
    /// To the next cell in reading order; `true` back.
    Tab(bool),
    /// Take what was typed and go down; `true` up.
    Enter(bool),
    /// Take what was typed into all selected cells.
    EnterAll,
    /// Open the cell for editing.
    Open,
    /// Open the cell empty.
    OpenEmpty,
    /// Leave the cell as it was.
    Escape,
    /// Empty the selected cells.
    Clear,
    /// Fill the uppermost selected cells down.
    FillDown,
    /// Select everything.
    SelectAll,
    /// Select whole rows.
    SelectRows,
    /// Select whole columns.
    SelectColumns,
    /// Show what can be picked for the cell.
    Pick,
    /// Put the selected cells on the clipboard.
    Copy,
    /// Put the selected cells on the clipboard and empty them.
    Cut,
    /// Put the clipboard's cells here.
    Paste(String),
}

/// What the text field is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typing {
    /// Nothing was typed: the first character replaces the cell.
    Ready,
    /// The cell is being replaced: arrows take what was typed and move on.
    Replacing,
    /// The cell was opened: arrows move within its text.
    Inside,
}

/// Keys on their way to the grid.
#[derive(Debug, Default)]
pub struct Keyboard {
    /// What came after a text in the same frame: the text has to be in the field first.
    held_back: Vec<Event>,
    /// Whether an input method is composing.
    is_composing: bool,
}

impl Keyboard {
    /// Whether something waits for the next frame.
    pub fn has_more(&self) -> bool {
        !self.held_back.is_empty()
    }

    /// Takes the grid's keys out of the events of a frame. `typing` follows what the taken keys do to the field.
    pub fn take(
        &mut self,
        events: &mut Vec<Event>,
        mut typing: Typing,
        page: usize,
    ) -> Vec<GridKey> {
        let mut all = std::mem::take(&mut self.held_back);
        all.append(events);
        let mut taken = Vec::new();
        let mut has_text = false;
        for event in all {
            if !self.held_back.is_empty() && is_keyboard(&event) {
                self.held_back.push(event);
                continue;
            }
            self.note_composition(&event);
            // Keys that choose among candidates are the input method's; most systems do not pass them on at all.
            if self.is_composing && matches!(event, Event::Key { .. }) {
                continue;
            }
            match key_of(&event, typing, page) {
                Some(_) if has_text => self.held_back.push(event),
                Some(key) => {
                    typing = after(&key, typing);
                    taken.push(key);
                }
                None => {
                    has_text |= changes_text(&event);
                    events.push(event);
                }
            }
        }
        taken
    }

    fn note_composition(&mut self, event: &Event) {
        match event {
            Event::Ime(ImeEvent::Preedit { text, .. }) => self.is_composing = !text.is_empty(),
            // Whatever else ends a composition without a word, the next text or click shows.
            Event::Ime(ImeEvent::Commit(_))
            | Event::Text(_)
            | Event::PointerButton { pressed: true, .. }
            | Event::WindowFocused(false) => self.is_composing = false,
            _ => {}
        }
    }
}

/// What the field does once a key was taken.
fn after(key: &GridKey, typing: Typing) -> Typing {
    match key {
        GridKey::Open | GridKey::OpenEmpty => Typing::Inside,
        GridKey::Step(..)
        | GridKey::Tab(_)
        | GridKey::Enter(_)
        | GridKey::EnterAll
        | GridKey::Escape => Typing::Ready,
        _ => typing,
    }
}

fn is_keyboard(event: &Event) -> bool {
    matches!(
        event,
        Event::Key { .. }
            | Event::Text(_)
            | Event::Ime(_)
            | Event::Copy
            | Event::Cut
            | Event::Paste(_)
    )
}

fn changes_text(event: &Event) -> bool {
    match event {
        Event::Text(_) | Event::Paste(_) | Event::Cut => true,
        Event::Ime(ImeEvent::Commit(text)) => !text.is_empty(),
        Event::Key {
            key, pressed: true, ..
        } => matches!(key, Key::Backspace | Key::Delete),
        _ => false,
    }
}

fn key_of(event: &Event, typing: Typing, page: usize) -> Option<GridKey> {
    let is_ready = typing == Typing::Ready;
    match event {
        Event::Copy if is_ready => Some(GridKey::Copy),
        Event::Cut if is_ready => Some(GridKey::Cut),
        Event::Paste(text) if is_ready => Some(GridKey::Paste(text.clone())),
        Event::Key {
            key,
            pressed: true,
            modifiers,
            ..
        } if !modifiers.alt => common(*key, *modifiers).or_else(|| match typing {
            Typing::Ready => ready(*key, *modifiers, page),
            Typing::Replacing => step(*key, *modifiers),
            Typing::Inside => None,
        }),
        _ => None,
    }
}

/// Keys that mean the same whether a cell is open or not.
fn common(key: Key, modifiers: Modifiers) -> Option<GridKey> {
    Some(match key {
        Key::Tab => GridKey::Tab(modifiers.shift),
        Key::Enter if modifiers.command => GridKey::EnterAll,
        Key::Enter => GridKey::Enter(modifiers.shift),
        Key::Escape => GridKey::Escape,
        Key::F4 => GridKey::Pick,
        _ => return None,
    })
}

fn ready(key: Key, modifiers: Modifiers, page: usize) -> Option<GridKey> {
    Some(match key {
        Key::F2 if !modifiers.shift => GridKey::Open,
        Key::Backspace => GridKey::OpenEmpty,
        Key::Delete => GridKey::Clear,
        Key::A if modifiers.command => GridKey::SelectAll,
        Key::D if modifiers.command => GridKey::FillDown,
        Key::Space if modifiers.command => GridKey::SelectColumns,
        Key::Space if modifiers.shift => GridKey::SelectRows,
        Key::Home | Key::End | Key::PageUp | Key::PageDown => far(key, modifiers, page),
        _ => return step(key, modifiers),
    })
}

fn far(key: Key, modifiers: Modifiers, page: usize) -> GridKey {
    let step = match (key, modifiers.command) {
        (Key::Home, true) => Step::Start,
        (Key::Home, false) => Step::Home,
        (Key::End, true) => Step::Finish,
        (Key::End, false) => Step::End,
        (Key::PageUp, _) => Step::PageUp(page),
        _ => Step::PageDown(page),
    };
    GridKey::Step(step, modifiers.shift)
}

fn step(key: Key, modifiers: Modifiers) -> Option<GridKey> {
    let step = match (key, modifiers.command) {
        (Key::ArrowUp, false) => Step::Up,
        (Key::ArrowDown, false) => Step::Down,
        (Key::ArrowLeft, false) => Step::Left,
        (Key::ArrowRight, false) => Step::Right,
        (Key::ArrowUp, true) => Step::FarUp,
        (Key::ArrowDown, true) => Step::FarDown,
        (Key::ArrowLeft, true) => Step::FarLeft,
        (Key::ArrowRight, true) => Step::FarRight,
        _ => return None,
    };
    Some(GridKey::Step(step, modifiers.shift))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(key: Key) -> Event {
        Event::Key {
            key,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: Modifiers::NONE,
        }
    }

    #[test]
    fn a_key_behind_a_text_of_the_same_frame_waits_until_the_text_is_in_the_field() {
        let mut keyboard = Keyboard::default();
        let mut events = vec![
            Event::Text("5".into()),
            key(Key::Enter),
            Event::Text("6".into()),
        ];
        assert_eq!(keyboard.take(&mut events, Typing::Ready, 10), []);
        assert_eq!(events, [Event::Text("5".into())]);
        assert!(keyboard.has_more());
        let mut events = Vec::new();
        let taken = keyboard.take(&mut events, Typing::Replacing, 10);
        assert_eq!(taken, [GridKey::Enter(false)]);
        assert_eq!(events, [Event::Text("6".into())]);
        assert!(!keyboard.has_more());
    }

    #[test]
    fn no_key_is_taken_from_an_input_method() {
        let mut keyboard = Keyboard::default();
        let preedit = |text: &str| {
            Event::Ime(ImeEvent::Preedit {
                text: text.into(),
                active_range_chars: None,
            })
        };
        let mut events = vec![preedit("zhong"), key(Key::Enter), key(Key::ArrowDown)];
        assert_eq!(keyboard.take(&mut events, Typing::Ready, 10), []);
        assert_eq!(events, [preedit("zhong")]);
        let mut events = vec![Event::Ime(ImeEvent::Commit("中".into()))];
        assert_eq!(keyboard.take(&mut events, Typing::Replacing, 10), []);
        let mut events = vec![key(Key::Enter)];
        let taken = keyboard.take(&mut events, Typing::Replacing, 10);
        assert_eq!(taken, [GridKey::Enter(false)]);
    }

    #[test]
    fn arrows_move_within_a_cell_that_was_opened_and_on_from_one_that_is_replaced() {
        let mut keyboard = Keyboard::default();
        let down = || vec![key(Key::ArrowDown)];
        let moves = [GridKey::Step(Step::Down, false)];
        assert_eq!(keyboard.take(&mut down(), Typing::Replacing, 10), moves);
        assert_eq!(keyboard.take(&mut down(), Typing::Inside, 10), []);
    }
}
