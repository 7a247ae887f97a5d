#include "services/asset/domain/column.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/strings.h"
#include "common/base/text.h"
#include "common/table/cells.h"
#include "services/asset/domain/column_kind.h"
#include "staraction/asset/v1/asset.pb.h"
#include "staraction/asset/v1/system.pb.h"

namespace staraction::asset::domain {
namespace {

using content::v1::AssetScheme;
using content::v1::LedgerColumn;
using content::v1::ValueScale;
using google::protobuf::Message;

v1::Asset& AssetIn(Message& message) {
  return static_cast<v1::Asset&>(message);
}
const v1::Asset& AssetIn(const Message& message) {
  return static_cast<const v1::Asset&>(message);
}

Column IdColumn() {
  Column column;
  column.field = "name";
  column.width = 38;
  // Who is meant is the importer's business; here it only has to be an ID.
  column.read = [](std::string_view cell, Message&) -> std::optional<Problem> {
    constexpr size_t kLongestId = 60;
    const auto text = ParseText(cell, kLongestId, false);
    return text.ok() ? std::nullopt : std::optional(text.problem());
  };
  column.write = [](const Message& message) {
    const auto* type = message.GetDescriptor();
    const auto text = [&](const char* field) -> std::string {
      const auto* found = type->FindFieldByName(field);
      return found == nullptr ? "" : message.GetReflection()->GetString(message, found);
    };
    const std::string own = text("source_id");
    const std::string name = text("name");
    return own.empty() ? name.substr(name.rfind('/') + 1) : own;
  };
  return column;
}

Column FlagColumn(const std::string& code) {
  Column column;
  column.field = "flags";
  column.width = 8;
  column.choices = {"○"};
  column.read = [code](std::string_view cell, Message& message) -> std::optional<Problem> {
    const auto mark = ParseMark(cell);
    if (!mark.ok()) return mark.problem();
    auto& flags = *AssetIn(message).mutable_flags();
    const auto found = std::find(flags.begin(), flags.end(), code);
    if (*mark && found == flags.end()) *flags.Add() = code;
    if (!*mark && found != flags.end()) flags.erase(found);
    return std::nullopt;
  };
  column.write = [code](const Message& message) -> std::string {
    const auto& flags = AssetIn(message).flags();
    return std::find(flags.begin(), flags.end(), code) == flags.end() ? "" : "○";
  };
  return column;
}

Column LevelColumn(const std::string& field, const ValueScale& scale) {
  Words words;
  for (const auto& level : scale.levels()) {
    words.Add(level.code(), absl::StrCat(level.value()), {level.title().ja(), level.title().en()});
  }
  Column column = CodeColumn(*v1::Asset::descriptor(), field, std::move(words));
  column.noted = false;
  column.type = Column::Type::kNumber;
  column.width = 8;
  return column;
}

// That there is a reason says that there is liability.
Column LiabilityColumn() {
  Column column = TextColumn(*v1::Asset::descriptor(), "liability_reason");
  column.read = [read = column.read](std::string_view cell, Message& message) {
    auto problem = read(cell, message);
    AssetIn(message).set_liability(!AssetIn(message).liability_reason().empty());
    return problem;
  };
  return column;
}

Column SiteColumn(const SiteNames& sites) {
  Words words;
  for (const auto& [name, title] : sites) words.Add(name, title, {});
  // Of two sites with one name, the second is written by its resource name.
  Column column = CodeColumn(*v1::Asset::descriptor(), "site", words);
  column.required = false;
  column.read = [words](std::string_view cell, Message& message) -> std::optional<Problem> {
    const std::string text = NormalizeName(cell);
    v1::Asset& asset = AssetIn(message);
    // A site that is no longer one of the client's stays where it stands.
    if (text == asset.site()) return std::nullopt;
    const std::string name = words.CodeOf(text, false);
    if (name.empty() && !text.empty()) {
      return Problem{text, absl::StrCat("want a site of this client: ", words.JoinedLabels()),
                     words.labels().empty()
                         ? "登録されている拠点がありません。拠点を登録するか、空にしてください"
                         : absl::StrCat("登録されている拠点（", words.JoinedLabels(),
                                        "）か、空にしてください")};
    }
    asset.set_site(name);
    return std::nullopt;
  };
  column.write = [words](const Message& message) {
    const std::string& site = AssetIn(message).site();
    const std::string title = words.LabelOf(site);
    return title.empty() || words.CodeOf(title, false) != site ? site : title;
  };
  return column;
}

constexpr char kAbsent[] = "なし";
constexpr std::pair<const char*, const char*> kStageLines[] = {
    {"place", "場所："}, {"who", "担当："}, {"how", "方法："}};

// "場所：…", "担当：…" and "方法：…" in lines of their own; a line without such a word says how.
std::optional<Problem> ReadStage(const std::string& stage, std::string_view cell,
                                 Message& message) {
  v1::StageUse use;
  use.set_stage(stage);
  use.set_absent(NormalizeName(cell) == kAbsent);
  bool says = use.absent();
  for (const auto line : absl::StrSplit(ToAbsl(cell), '\n')) {
    std::string text = NormalizeName(ToStd(line));
    if (text.empty() || use.absent()) continue;
    std::string field = "how";
    for (const auto& [name, label] : kStageLines) {
      if (!text.starts_with(label)) continue;
      field = name;
      text = NormalizeName(text.substr(std::string_view(label).size()));
    }
    const Column column = TextColumn(*v1::StageUse::descriptor(), field);
    if (auto problem = column.read(text, use)) return problem;
    says = true;
  }
  auto& profile = *AssetIn(message).mutable_profile();
  const auto found = std::find_if(profile.begin(), profile.end(),
                                  [&](const auto& each) { return each.stage() == stage; });
  if (!says) {
    if (found != profile.end()) profile.erase(found);
  } else if (found != profile.end()) {
    *found = use;
  } else {
    *profile.Add() = use;
  }
  return std::nullopt;
}

Column StageColumn(const std::string& stage) {
  Column column;
  column.field = "profile";
  column.width = 24;
  column.wrap = true;
  column.read = [stage](std::string_view cell, Message& message) {
    return ReadStage(stage, cell, message);
  };
  column.write = [stage](const Message& message) -> std::string {
    for (const v1::StageUse& use : AssetIn(message).profile()) {
      if (use.stage() != stage) continue;
      if (use.absent()) return kAbsent;
      std::string text;
      for (const auto& [name, label] : kStageLines) {
        const auto* field = v1::StageUse::descriptor()->FindFieldByName(name);
        const std::string value = use.GetReflection()->GetString(use, field);
        if (value.empty()) continue;
        absl::StrAppend(&text, text.empty() ? "" : "\n", label, value);
      }
      // A stage of which nothing is said is not the same as what is usual.
      return text.empty() ? kStageLines[0].second : text;
    }
    return "";
  };
  return column;
}

Column ImportanceColumn() {
  Column column;
  column.field = "importance";
  column.computed = true;
  column.width = 8;
  column.type = Column::Type::kNumber;
  column.read = [](std::string_view, Message&) { return std::nullopt; };
  column.write = [](const Message& message) { return absl::StrCat(AssetIn(message).importance()); };
  return column;
}

Column Required(Column column) {
  column.required = true;
  column.read = [read = column.read](std::string_view cell,
                                     Message& message) -> std::optional<Problem> {
    if (NormalizeName(cell).empty()) return Problem{"", "must not be empty", "入力してください"};
    return read(cell, message);
  };
  return column;
}

using Makers = std::map<std::string, std::function<Column()>>;

std::vector<Column> Make(const google::protobuf::RepeatedPtrField<LedgerColumn>& columns,
                         const Makers& makers) {
  std::vector<Column> made;
  for (const LedgerColumn& content : columns) {
    const auto maker = makers.find(content.code());
    if (maker == makers.end()) continue;
    Column column = maker->second();
    column.code = content.code();
    column.title = content.title().ja();
    column.names = {content.title().ja()};
    column.names.insert(column.names.end(), content.spellings().begin(), content.spellings().end());
    if (!content.title().en().empty()) column.names.push_back(content.title().en());
    made.push_back(std::move(column));
  }
  return made;
}

}  // namespace

std::vector<Column> AssetColumns(const AssetScheme& scheme, const ValueScale& scale,
                                 const SiteNames& sites) {
  const auto& type = *v1::Asset::descriptor();
  const auto text = [&type](const char* field) {
    return [&type, field] { return TextColumn(type, field); };
  };
  Words media;
  for (const auto& medium : scheme.media()) {
    media.Add(medium.code(), medium.title().ja(),
              {medium.spellings().begin(), medium.spellings().end()});
  }
  Makers makers = {{kIdColumn, IdColumn},
                   {"BUSINESS", [&] { return Required(TextColumn(type, "business")); }},
                   {"NAME", [&] { return Required(TextColumn(type, "display_name")); }},
                   {"NOTE", text("note")},
                   {"USERS", text("users")},
                   {"DEPARTMENT", text("department")},
                   {"MEDIUM", [&] { return CodeColumn(type, "medium", media); }},
                   {"PERSONS", [&] { return CountColumn(type, "persons"); }},
                   {"CONFIDENTIALITY", [&] { return LevelColumn("confidentiality", scale); }},
                   {"INTEGRITY", [&] { return LevelColumn("integrity", scale); }},
                   {"AVAILABILITY", [&] { return LevelColumn("availability", scale); }},
                   {"LIABILITY", LiabilityColumn},
                   {"IMPORTANCE", ImportanceColumn},
                   {"RETENTION", text("retention")},
                   {"REGISTERED", [&] { return DateColumn(type, "register_date", true); }},
                   {"REVIEW", [&] { return DateColumn(type, "review_date", false); }},
                   {"BACKUP", text("backup")},
                   {"SITE", [&] { return SiteColumn(sites); }}};
  for (const auto& flag : scheme.flags()) {
    makers[flag.code()] = [code = flag.code()] { return FlagColumn(code); };
  }
  for (const auto& stage : scheme.stages()) {
    makers["STAGE_" + stage.code()] = [code = stage.code()] { return StageColumn(code); };
  }
  return Make(scheme.columns(), makers);
}

std::vector<Column> SystemColumns(const AssetScheme& scheme, const content::v1::CodeList& kinds) {
  const auto& type = *v1::System::descriptor();
  const auto text = [&type](const char* field) {
    return [&type, field] { return TextColumn(type, field); };
  };
  Words words;
  for (const auto& kind : kinds.entries()) {
    words.Add(kind.code(), kind.label().ja(), {kind.spellings().begin(), kind.spellings().end()});
  }
  const Makers makers = {
      {kIdColumn, IdColumn},
      {"KIND", [&] { return CodeColumn(type, "kind", words); }},
      {"NAME", [&] { return Required(TextColumn(type, "display_name")); }},
      {"MAKER", text("maker")},
      {"MODEL", text("model")},
      {"VERSION", text("software_version")},
      {"SERIAL", text("serial")},
      {"QUANTITY", [&] { return CountColumn(type, "quantity"); }},
      {"DEPARTMENT", text("department")},
      {"USER", text("used_by")},
      {"PLACE", text("place")},
      {"PURPOSE", text("purpose")},
      {"START", [&] { return DateColumn(type, "start_date", false); }},
      {"SUPPORT_END", [&] { return DateColumn(type, "support_end_date", false); }},
      {"EXTERNAL", [&] { return MarkColumn(type, "external"); }},
      {"NOTE", text("note")}};
  return Make(scheme.system_columns(), makers);
}

}  // namespace staraction::asset::domain
