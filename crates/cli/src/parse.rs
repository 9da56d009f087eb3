//! `daybook parse`: a text to CoNLL-U.

use std::io::Write;
use std::path::PathBuf;

use daybook::Reader;
use daybook_intake::{Format, Given};

use crate::arguments::Parse;
use crate::failure::{Failure, Outcome};
use crate::{inputs, terminal};

pub(crate) fn run(arguments: &Parse) -> Result<Outcome, Failure> {
    let named: Vec<PathBuf> = arguments.file.iter().cloned().collect();
    let files = inputs::named_or_standard(&named)?;
    let reader = Reader::with_model(arguments.model.into(), &[], &[]).map_err(Failure::usage)?;
    let mut output = terminal::output();
    let mut outcome = Outcome::Well;
    for printed in if arguments.conllu { reannotated(&reader, &files) } else { parsed(&reader, &files) } {
        match printed {
            Ok(conllu) => output.write_all(conllu.as_bytes())?,
            Err(message) => {
                terminal::complain(&message);
                outcome = Outcome::Lacking;
            }
        }
    }
    output.flush()?;
    Ok(outcome)
}

fn reannotated(reader: &Reader, files: &[PathBuf]) -> Vec<Result<String, String>> {
    let anew = |path: &PathBuf| {
        let again = reader.reannotate(&inputs::whole(path)?);
        again.map_err(|error| format!("{}: {error}", inputs::name(path)))
    };
    files.iter().map(anew).collect()
}

fn parsed(reader: &Reader, files: &[PathBuf]) -> Vec<Result<String, String>> {
    let given = Given { format: Some(Format::Text), ..Given::default() };
    let conllu = |input: inputs::Input| reader.conllu(&reader.parse(&input.report.text));
    inputs::each(files, &given).map(|input| input.map(conllu)).collect()
}
