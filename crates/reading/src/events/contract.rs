//! What contact rules may yield, capture and set: the schema as the grammar takes it.

use std::collections::BTreeMap;

use daybook_grammar::{Contract, Yield};
use daybook_record::{Class, EventRole, Family, Schema, Side, Sides};

/// The contract that rules are compiled for.
pub(crate) fn contract() -> Contract {
    let schema = Schema::current();
    let of_class = |class: &Class| Some(yielded(schema, class, schema.family(&class.family)?));
    Contract { yields: schema.classes().iter().filter_map(of_class).collect() }
}

fn yielded(schema: &Schema, class: &Class, family: &Family) -> Yield {
    let attributes = family.attributes.iter().filter_map(|name| schema.attribute(name));
    let values = |attribute: &daybook_record::Attribute| {
        attribute.values.iter().map(|value| value.name.clone()).collect::<Vec<_>>()
    };
    let attributes: BTreeMap<_, _> =
        attributes.map(|attribute| (attribute.name.clone(), values(attribute))).collect();
    let on = |side: Side| {
        family.roles.iter().filter(move |role| matches!(role.side, Side::Both) || role.side == side)
    };
    let names =
        |roles: &mut dyn Iterator<Item = &EventRole>| roles.map(|role| role.name.clone()).collect::<Vec<_>>();
    let needed = match family.sides {
        Sides::Two => vec![names(&mut on(Side::First)), names(&mut on(Side::Second))],
        Sides::None => Vec::new(),
    };
    Yield {
        name: class.name.clone(),
        roles: names(&mut family.roles.iter()),
        attributes,
        needed,
        waived_by: (family.sides == Sides::Two).then(|| ("sides".to_string(), "known".to_string())),
    }
}
