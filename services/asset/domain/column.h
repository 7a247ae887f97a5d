#ifndef STARACTION_SERVICES_ASSET_DOMAIN_COLUMN_H_
#define STARACTION_SERVICES_ASSET_DOMAIN_COLUMN_H_

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/parsed.h"
#include "google/protobuf/message.h"
#include "staraction/content/v1/asset_scheme.pb.h"
#include "staraction/content/v1/code_list.pb.h"

// Columns of files and what they mean to an entry. Which columns there are, their titles and other
// names are the content's; what stands in their cells is decided here.
namespace staraction::asset::domain {

struct Column {
  std::string code;
  std::string title;
  std::vector<std::string> names;  // The title and what else the header may say.
  std::string field;               // Of the entry, for reports.
  bool required = false;
  // Follows from others; never read.
  bool computed = false;
  // Values whose other spellings are worth a note.
  bool noted = false;
  enum class Type { kText, kNumber, kDate } type = Type::kText;
  // For workbooks: width in characters, lines, drop-down.
  double width = 12;
  bool wrap = false;
  std::vector<std::string> choices = {};

  // Puts what the cell says into the entry, or says what is wrong with it. An empty cell clears the
  // field, unless it needs a value.
  std::function<std::optional<Problem>(std::string_view, google::protobuf::Message&)> read;
  // The cell of an entry. read(write(entry)) changes nothing.
  std::function<std::string(const google::protobuf::Message&)> write;
};

// Code of the column that joins rows with entries: the entry's own id, or the company's number.
inline constexpr char kIdColumn[] = "ID";

// Names of a client's sites by their resource names.
using SiteNames = std::map<std::string, std::string>;

// Columns of the ledger in the order of exports. Columns that the content has and nobody here knows
// are left out.
std::vector<Column> AssetColumns(const content::v1::AssetScheme& scheme,
                                 const content::v1::ValueScale& scale, const SiteNames& sites);

// Columns of the register of systems.
std::vector<Column> SystemColumns(const content::v1::AssetScheme& scheme,
                                  const content::v1::CodeList& kinds);

}  // namespace staraction::asset::domain

#endif  // STARACTION_SERVICES_ASSET_DOMAIN_COLUMN_H_
