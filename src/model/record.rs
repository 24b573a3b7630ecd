//! How the parts of a document are written to and read from JSON.
//!
//! A file may come from a newer colleague: fields this version does not know are kept and written back. serde's `flatten`
//! would do that, but it buffers every value, which costs speed and, worse, the line and column of an error. So records are
//! declared with [`record!`], which reads straight from the parser.

use std::{borrow::Cow, collections::BTreeMap, fmt, sync::Arc};

use serde::{Deserialize, Deserializer, de};

use super::id::Id;

/// Fields of a record that this version of the program does not know.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Unknown(BTreeMap<String, serde_json::Value>);

impl Unknown {
    /// Keeps one unknown field.
    pub fn keep(&mut self, key: String, value: serde_json::Value) {
        self.0.insert(key, value);
    }

    /// The unknown fields by name.
    pub fn iter(&self) -> impl Iterator<Item = (&String, &serde_json::Value)> {
        self.0.iter()
    }
}

/// A value that can stand in a record.
pub trait FieldValue: Sized {
    /// Whether the field is left out of the file because it says nothing.
    fn is_blank(&self) -> bool;

    /// The value when the file does not have the field, or `None` where it must have it.
    fn missing() -> Option<Self>;
}

macro_rules! field_values {
    ($(($($parameter:ident),*) $type:ty => $blank:expr;)+) => {
        $(impl<$($parameter),*> $crate::model::record::FieldValue for $type {
            fn is_blank(&self) -> bool {
                let blank: fn(&Self) -> bool = $blank;
                blank(self)
            }

            fn missing() -> Option<Self> {
                Some(Self::default())
            }
        })+
    };
}
pub(crate) use field_values;

/// A unit or stage is always written, so that a reader never has to know the default.
macro_rules! always_written {
    ($($type:ty),+) => { $crate::model::record::field_values! { $(() $type => |_| false;)+ } };
}
pub(crate) use always_written;

field_values! {
    () String => |text| text.is_empty();
    () Arc<str> => |text| text.is_empty();
    () bool => |flag| !flag;
    (T) Option<T> => Option::is_none;
    (T) Vec<T> => Vec::is_empty;
    (T) super::rows::Rows<T> => |rows| rows.is_empty();
    (K, V) BTreeMap<K, V> => |map| map.is_empty();
}

impl<T> FieldValue for Id<T> {
    fn is_blank(&self) -> bool {
        false
    }

    fn missing() -> Option<Self> {
        None
    }
}

/// A key of a JSON object, borrowed from the input where it has no escapes.
pub struct FieldName<'de>(pub Cow<'de, str>);

impl<'de> Deserialize<'de> for FieldName<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Name;
        impl<'de> de::Visitor<'de> for Name {
            type Value = FieldName<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("字段名")
            }

            fn visit_borrowed_str<E>(self, name: &'de str) -> Result<FieldName<'de>, E> {
                Ok(FieldName(Cow::Borrowed(name)))
            }

            fn visit_str<E>(self, name: &str) -> Result<FieldName<'de>, E> {
                Ok(FieldName(Cow::Owned(name.to_owned())))
            }
        }
        deserializer.deserialize_str(Name)
    }
}

/// Declares a record: a struct whose fields are written in this order, blank ones left out, unknown ones kept.
macro_rules! record {
    ($(
        $(#[$outer:meta])*
        pub struct $name:ident {
            $($(#[$inner:meta])* pub $field:ident: $type:ty,)*
        }
    )+) => {$(
        $(#[$outer])*
        #[derive(Debug, Clone, PartialEq, schemars::JsonSchema)]
        pub struct $name {
            $($(#[$inner])* pub $field: $type,)*
            /// Fields of a newer version, kept as they are.
            #[schemars(skip)]
            pub unknown: $crate::model::record::Unknown,
        }

        impl $crate::model::record::FieldValue for $name {
            fn is_blank(&self) -> bool {
                $($crate::model::record::FieldValue::is_blank(&self.$field) &&)* self.unknown.iter().next().is_none()
            }

            fn missing() -> Option<Self> {
                Some(Self {
                    $($field: $crate::model::record::FieldValue::missing()?,)*
                    unknown: Default::default(),
                })
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeMap as _;
                let mut map = serializer.serialize_map(None)?;
                $(if !$crate::model::record::FieldValue::is_blank(&self.$field) {
                    map.serialize_entry(stringify!($field), &self.$field)?;
                })*
                for (key, value) in self.unknown.iter() {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Fields;
                impl<'de> serde::de::Visitor<'de> for Fields {
                    type Value = $name;

                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str(concat!("对象 ", stringify!($name)))
                    }

                    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<$name, A::Error> {
                        $(let mut $field: Option<$type> = None;)*
                        let mut unknown = $crate::model::record::Unknown::default();
                        while let Some(key) = map.next_key::<$crate::model::record::FieldName<'de>>()? {
                            match &*key.0 {
                                $(stringify!($field) => {
                                    if $field.replace(map.next_value()?).is_some() {
                                        return Err(serde::de::Error::custom(concat!("字段 ", stringify!($field), " 重复")));
                                    }
                                })*
                                _ => unknown.keep(key.0.into_owned(), map.next_value()?),
                            }
                        }
                        Ok($name {
                            $($field: match $field.or_else($crate::model::record::FieldValue::missing) {
                                Some(value) => value,
                                None => return Err(serde::de::Error::custom(concat!("缺少字段 ", stringify!($field)))),
                            },)*
                            unknown,
                        })
                    }
                }
                deserializer.deserialize_map(Fields)
            }
        }
    )+};
}
pub(crate) use record;

/// Free text of any length, cheap to clone because undo keeps many versions of a document.
pub type Text = Arc<str>;

/// Values by the key an edition gives them.
pub type KeyMap<T> = BTreeMap<String, T>;
