//! Is this still the plan that Rekey made, for this very schema?

use crate::dialect::Database;
use crate::error::{Error, Result};
use crate::plan::{Conversion, ConversionKind, Member, Plan, builder, file};
use crate::schema::{ColumnName, Schema, Shape, domains, named_domain, type_beside};

/// Compares a plan with the schema it is to run on: same catalogue, and the very
/// statements that Rekey makes of these conversions.
///
/// # Errors
/// [`Error::SchemaChanged`] with what changed by name, or [`Error::PlanEdited`].
pub fn verify(database: &dyn Database, schema: &Schema, plan: &Plan) -> Result<()> {
    if schema.engine != plan.engine {
        return Err(Error::NotAPlan { reason: format!("it is for {}", plan.engine.label()) });
    }
    if schema.catalogue.fingerprint() != plan.schema_fingerprint {
        return Err(Error::SchemaChanged { changes: file::changes(&plan.objects, &schema.catalogue) });
    }
    let genuine = plan.conversions.iter().all(|conversion| is_whole(schema, conversion));
    if !genuine || builder::blueprint(database, schema, &plan.conversions)? != plan.blueprint {
        return Err(Error::PlanEdited);
    }
    Ok(())
}

// A conversion takes every declared member of its domain, and none that is not one.
fn is_whole(schema: &Schema, conversion: &Conversion) -> bool {
    let known = domains(schema).into_iter().find(|domain| domain.root == conversion.root);
    let Some(domain) = known.or_else(|| named_domain(schema, &conversion.root)) else {
        return false;
    };
    let stays = |column: &ColumnName| conversion.kind == ConversionKind::Repoint && *column == domain.root;
    let declared = domain.members.iter().filter(|member| !member.is_inferred() && !stays(&member.column));
    let complete = declared.clone().all(|member| conversion.members.iter().any(|taken| taken.column == member.column));
    let known = |taken: &Member| match &taken.shape {
        Shape::Plain => domain.members.iter().any(|member| member.column == taken.column),
        shape @ (Shape::Array | Shape::Typed { .. }) => can_hold(schema, &taken.column, shape),
    };
    complete && conversion.members.iter().all(|taken| known(taken) && !stays(&taken.column))
}

// True for a column that may hold ids in this shape, where a person says so.
fn can_hold(schema: &Schema, name: &ColumnName, shape: &Shape) -> bool {
    let table = schema.tables.get(&name.table);
    let Some((table, column)) = table.and_then(|table| Some((table, table.column(&name.column)?))) else {
        return false;
    };
    match shape {
        Shape::Plain => true,
        Shape::Array => column.type_name.ends_with("[]"),
        Shape::Typed { by, .. } => type_beside(table, &column.name).is_some_and(|kind| kind.name == *by),
    }
}
