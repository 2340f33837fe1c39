//! What belongs to no single table, as statements.

use super::dice::Dice;
use super::model::{Model, literal, quoted};
use super::names::{comment, name};
use super::parts::View;
use super::wish::Extra;

/// What must be there before the tables are made.
pub fn before(model: &Model) -> String {
    each(model, |extra, dice, number| match extra {
        Extra::DefaultPrivileges => privileges(model, dice),
        Extra::LooseSequence => sequence(dice, number),
        Extra::SchemaRights => rights(model, dice),
        Extra::AllTablesPublication | Extra::UnionView => String::new(),
    })
}

/// What is made when everything else is there.
pub fn after(model: &Model, views: &[View]) -> String {
    each(model, |extra, dice, number| match extra {
        Extra::AllTablesPublication => {
            format!("CREATE PUBLICATION {} FOR ALL TABLES;\n", quoted(&name(dice, "publication", number)))
        }
        Extra::UnionView if !views.is_empty() => {
            let (one, two) = (dice.pick(views), dice.pick(views));
            format!(
                "CREATE VIEW public.{} AS SELECT {}::text AS key FROM {} UNION ALL SELECT {}::text FROM {};\n",
                quoted(&name(dice, "union", number)),
                one.columns[0],
                one.name,
                two.columns[0],
                two.name
            )
        }
        Extra::UnionView | Extra::DefaultPrivileges | Extra::LooseSequence | Extra::SchemaRights => String::new(),
    })
}

fn each(model: &Model, write: impl Fn(Extra, &mut Dice, usize) -> String) -> String {
    let extras = model.extras.iter().enumerate();
    extras.map(|(number, (extra, pick))| write(*extra, &mut Dice::new(*pick), 500 + number)).collect()
}

fn schema(model: &Model, dice: &mut Dice) -> String {
    if model.schemas.is_empty() || dice.chance(50) {
        "public".to_owned()
    } else {
        quoted(dice.pick(&model.schemas).as_str())
    }
}

// What is made again by somebody gets rights that the original did not have.
fn privileges(model: &Model, dice: &mut Dice) -> String {
    let schema = schema(model, dice);
    match dice.below(4) {
        0 => "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO gen_reader;\n".to_owned(),
        1 => format!(
            "ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT ALL ON TABLES TO gen_reader WITH GRANT OPTION;\n"
        ),
        2 => "ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;\n".to_owned(),
        _ => format!("ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT USAGE ON SEQUENCES TO PUBLIC;\n"),
    }
}

fn sequence(dice: &mut Dice, number: usize) -> String {
    let name = format!("public.{}", quoted(&name(dice, "sequence", number)));
    format!(
        "CREATE SEQUENCE {name} INCREMENT BY -2 MAXVALUE 100 MINVALUE -50 START WITH 100 CYCLE;\n\
         COMMENT ON SEQUENCE {name} IS {};\nGRANT USAGE ON SEQUENCE {name} TO gen_reader;\n",
        literal(&comment(dice))
    )
}

fn rights(model: &Model, dice: &mut Dice) -> String {
    let schema = schema(model, dice);
    format!(
        "GRANT USAGE ON SCHEMA {schema} TO gen_reader;\nCOMMENT ON SCHEMA {schema} IS {};\n",
        literal(&comment(dice))
    )
}
