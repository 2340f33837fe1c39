//! What breaks, by name.

use serde::{Deserialize, Serialize};

macro_rules! rules {
    ($($(#[$meaning:meta])* $variant:ident $word:literal $framework:literal $why:literal;)*) => {
        /// A rule, by its stable name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Rule {
            $($(#[$meaning])* #[serde(rename = $word)] $variant,)*
        }

        impl Rule {
            /// Every rule.
            pub const ALL: &'static [Rule] = &[$(Rule::$variant,)*];

            /// The name as it is written.
            pub fn word(self) -> &'static str {
                match self { $(Rule::$variant => $word,)* }
            }

            /// For whom it is.
            pub fn framework(self) -> &'static str {
                match self { $(Rule::$variant => $framework,)* }
            }

            /// Why it breaks.
            pub fn why(self) -> &'static str {
                match self { $(Rule::$variant => $why,)* }
            }
        }
    };
}

rules! {
    /// A key of SQLAlchemy's.
    SqlalchemyKey "sqlalchemy.key" "SQLAlchemy" "The key is a UUID now; a model with an integer reads and writes the wrong type.";
    /// A reference of SQLAlchemy's.
    SqlalchemyReference "sqlalchemy.reference" "SQLAlchemy" "The column leads to a key that is a UUID now.";
    /// A key of Django's.
    DjangoKey "django.key" "Django" "The key is a UUID now; AutoField and IntegerField refuse it.";
    /// A model whose key Django makes by itself.
    DjangoImplicitKey "django.implicit_key" "Django" "Django gives a model without a key an integer; here it must be named.";
    /// A reference that Django knows as a number.
    DjangoReference "django.reference" "Django" "The column holds UUIDs now; a field of numbers refuses them.";
    /// A route that takes digits.
    RouteConverter "route.converter" "Routes" "A route that takes digits finds no page for a UUID.";
    /// A parameter or field of Python's that is a number.
    PythonType "python.type" "Python" "FastAPI and pydantic refuse a UUID where a whole number is declared.";
    /// A serializer or form that takes a number.
    PythonField "python.field" "Python" "A form or serializer that takes whole numbers refuses a UUID.";
    /// An id that is read as a number.
    PythonParse "python.parse" "Python" "int() of a UUID is an error, and isdigit() is false.";
    /// A query with a number for an id.
    RawSql "sql.number" "SQL" "A number equals no UUID, or the server refuses the comparison.";
    /// A type of TypeScript's.
    ScriptType "typescript.type" "TypeScript" "Ids arrive as texts now.";
    /// An id that is read as a number.
    ScriptParse "typescript.parse" "TypeScript" "parseInt and Number of a UUID give NaN or the digits that it begins with.";
    /// Validation that asks for a number.
    ScriptValidation "typescript.validation" "TypeScript" "A check for a number refuses a UUID.";
    /// An id in the browser's storage.
    Storage "browser.storage" "Front end" "What browsers have stored are old ids: throw them away or translate them.";
    /// A form for a number.
    Form "browser.form" "Front end" "A field for numbers takes no UUID.";
    /// A model of TypeORM's or Prisma's.
    ScriptModel "typescript.model" "TypeScript" "The key is a UUID now; the model must say so.";
    /// A pattern for version 4.
    VersionFour "uuid.version_4" "UUID" "A pattern for version 4 alone refuses UUIDs of version 7 and 6.";
    /// Rows with numbers for ids.
    Fixture "fixture.number" "Fixtures" "Rows with whole numbers for keys no longer load.";
}
