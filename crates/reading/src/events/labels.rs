//! What the labels of the model's frames mean to the record.

use daybook_language::{Frame, FrameLabels, FramePart};
use daybook_record::{Certainty, Kind, Role, Status};

/// The labels of frames, as values of the record.
#[derive(Debug)]
pub(crate) struct SchemaLabels {
    kinds: Vec<Option<Kind>>,
    statuses: Vec<Option<Status>>,
    certainties: Vec<Option<Certainty>>,
    roles: Vec<Option<Role>>,
    parts: Vec<Option<PartLabel>>,
    aggregate: Option<usize>,
    several: Option<usize>,
    /// Which of a frame's attributes are status and certainty.
    status: Option<usize>,
    certainty: Option<usize>,
}

/// The part that a word plays in a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PartLabel {
    Party,
    Present,
    Time,
    Place,
    Duration,
    Source,
    /// The words that decide how things stand.
    Status,
    /// The party to each of several contacts that one trigger tells of.
    Hub,
    /// A party that the trigger's own sentence does not name.
    Elsewhere,
}

impl PartLabel {
    /// All parts, as the model names them.
    pub const NAMED: [(PartLabel, &'static str); 9] = [
        (PartLabel::Party, "party"),
        (PartLabel::Present, "present"),
        (PartLabel::Time, "time"),
        (PartLabel::Place, "place"),
        (PartLabel::Duration, "duration"),
        (PartLabel::Source, "source"),
        (PartLabel::Status, "status"),
        (PartLabel::Hub, "hub"),
        (PartLabel::Elsewhere, "elsewhere"),
    ];

    fn named(name: &str) -> Option<PartLabel> {
        PartLabel::NAMED.iter().find(|(_, known)| *known == name).map(|(part, _)| *part)
    }
}

impl SchemaLabels {
    /// Labels that the record does not know stand for nothing.
    pub fn new(names: &FrameLabels) -> SchemaLabels {
        let values = |attribute: &str| names.attributes.get(attribute).map_or(&[][..], Vec::as_slice);
        let position = |list: &[String], name: &str| list.iter().position(|n| n == name);
        SchemaLabels {
            kinds: names.class.iter().map(|name| Kind::named(name)).collect(),
            statuses: values("status").iter().map(|name| name.parse().ok()).collect(),
            certainties: values("certainty").iter().map(|name| name.parse().ok()).collect(),
            roles: names.roles.iter().map(|name| name.parse().ok()).collect(),
            parts: names.parts.iter().map(|name| PartLabel::named(name)).collect(),
            aggregate: position(&names.flags, "aggregate"),
            several: position(&names.flags, "several"),
            status: names.attributes.keys().position(|name| name == "status"),
            certainty: names.attributes.keys().position(|name| name == "certainty"),
        }
    }

    /// Whether the model knows contacts of a kind.
    pub fn knows(&self, kind: Kind) -> bool {
        self.kinds.contains(&Some(kind))
    }

    pub fn kinds(&self, frame: &Frame) -> Vec<(Kind, f32)> {
        paired(&self.kinds, Some(&frame.class))
    }

    pub fn statuses(&self, frame: &Frame) -> Vec<(Status, f32)> {
        paired(&self.statuses, self.status.and_then(|at| frame.attributes.get(at)))
    }

    pub fn certainties(&self, frame: &Frame) -> Vec<(Certainty, f32)> {
        paired(&self.certainties, self.certainty.and_then(|at| frame.attributes.get(at)))
    }

    pub fn roles(&self, part: &FramePart) -> Vec<(Role, f32)> {
        paired(&self.roles, Some(&part.roles))
    }

    pub fn aggregate(&self, frame: &Frame) -> f32 {
        self.aggregate.and_then(|at| frame.flags.get(at)).copied().unwrap_or(0.0)
    }

    pub fn several(&self, frame: &Frame) -> f32 {
        self.several.and_then(|at| frame.flags.get(at)).copied().unwrap_or(0.0)
    }

    pub fn is(&self, part: &FramePart, label: PartLabel) -> bool {
        self.parts.get(part.part) == Some(&Some(label))
    }
}

fn paired<T: Copy>(values: &[Option<T>], sure: Option<&Vec<f32>>) -> Vec<(T, f32)> {
    let each = values.iter().zip(sure.into_iter().flatten());
    each.filter_map(|(value, &sure)| value.map(|value| (value, sure))).collect()
}
