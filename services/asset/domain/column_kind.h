#ifndef STARACTION_SERVICES_ASSET_DOMAIN_COLUMN_KIND_H_
#define STARACTION_SERVICES_ASSET_DOMAIN_COLUMN_KIND_H_

#include <string>

#include "common/table/words.h"
#include "google/protobuf/message.h"
#include "services/asset/domain/column.h"

// Columns by the kind of field that they fill. Limits of texts and numbers are those of the schema.
namespace staraction::asset::domain {

// A text of one line, or of several if the field allows them. The stored text stays if the file
// only writes it with other spaces.
Column TextColumn(const google::protobuf::Descriptor& type, const std::string& field);
// A day. With `keep`, an empty cell leaves it as it is.
Column DateColumn(const google::protobuf::Descriptor& type, const std::string& field, bool keep);
Column CountColumn(const google::protobuf::Descriptor& type, const std::string& field);
// ○ or nothing.
Column MarkColumn(const google::protobuf::Descriptor& type, const std::string& field);
// One of the words, stored as its code. Stored codes that are none of them are written as they are.
Column CodeColumn(const google::protobuf::Descriptor& type, const std::string& field, Words words);

}  // namespace staraction::asset::domain

#endif  // STARACTION_SERVICES_ASSET_DOMAIN_COLUMN_KIND_H_
