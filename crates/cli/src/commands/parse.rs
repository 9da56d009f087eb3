//! `daybook parse`: prints the analysis of a text as CoNLL-U.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use daybook::Reader;
use daybook_intake::{Format, Given};

use crate::failure::{Failure, Outcome};
use crate::options::reader::Model;
use crate::{inputs, terminal};

#[derive(Args)]
pub(crate) struct Parse {
    /// The file to parse; - or nothing for standard input
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// The file is CoNLL-U: keep its sentences and tokens, and annotate them anew
    #[arg(long)]
    conllu: bool,
    /// Which model reads the sentences
    #[arg(long, value_enum, default_value_t = Model::Full)]
    model: Model,
}

pub(crate) fn run(arguments: &Parse) -> Result<Outcome, Failure> {
    let named: Vec<PathBuf> = arguments.file.iter().cloned().collect();
    let files = inputs::named_or_standard(&named)?;
    let reader = Reader::with_model(arguments.model.into(), &[], &[]).map_err(Failure::usage)?;
    let mut output = terminal::output();
    let mut outcome = Outcome::Success;
    for printed in if arguments.conllu { reannotated(&reader, &files) } else { parsed(&reader, &files) } {
        match printed {
            Ok(conllu) => output.write_all(conllu.as_bytes())?,
            Err(message) => {
                terminal::complain(&message);
                outcome = Outcome::Incomplete;
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
