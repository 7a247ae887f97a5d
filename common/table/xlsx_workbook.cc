#include "common/table/xlsx_workbook.h"

#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/base/macros.h"
#include "common/base/strings.h"

namespace staraction {
namespace {

struct Relation {
  std::string type;  // The last word of its address: "worksheet".
  std::string target;
};

// Reads a part of relations.
class RelationsReader : public XmlHandler {
 public:
  void OnStart(std::string_view name, const XmlAttributes& attributes) override {
    if (name != "Relationship") return;
    const std::string type(attributes.Get("Type"));
    relations[std::string(attributes.Get("Id"))] = {type.substr(type.rfind('/') + 1),
                                                    std::string(attributes.Get("Target"))};
  }
  void OnEnd(std::string_view /*name*/) override {}

  std::map<std::string, Relation> relations;
};

class WorkbookReader : public XmlHandler {
 public:
  void OnStart(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "workbookPr") {
      const std::string_view since = attributes.Get("date1904");
      since_1904 = since == "1" || since == "true";
    }
    // The name without prefix is the relation's; the sheet's own number is called otherwise.
    if (name == "sheet") sheets.emplace_back(attributes.Get("name"), attributes.Get("id"));
  }
  void OnEnd(std::string_view /*name*/) override {}

  bool since_1904 = false;
  std::vector<std::pair<std::string, std::string>> sheets;  // title, relation
};

class StylesReader : public XmlHandler {
 public:
  explicit StylesReader(std::vector<NumberFormat>& formats) : formats_(formats) {}

  void OnStart(std::string_view name, const XmlAttributes& attributes) override {
    int id = 0;
    const bool has_id = absl::SimpleAtoi(ToAbsl(attributes.Get("numFmtId")), &id);
    if (name == "numFmt" && has_id) own_[id] = ParseNumberFormat(attributes.Get("formatCode"));
    if (name == "cellXfs") in_cells_ = true;
    if (name != "xf" || !in_cells_) return;
    const auto own = own_.find(id);
    formats_.push_back(own == own_.end() ? BuiltInFormat(id) : own->second);
  }
  void OnEnd(std::string_view name) override {
    if (name == "cellXfs") in_cells_ = false;
  }

 private:
  std::vector<NumberFormat>& formats_;
  std::map<int, NumberFormat> own_;
  bool in_cells_ = false;
};

// "xl/workbook.xml" → "xl/", "workbook.xml".
std::pair<std::string, std::string> SplitPath(const std::string& part) {
  const size_t slash = part.rfind('/') + 1;
  return {part.substr(0, slash), part.substr(slash)};
}

std::string Resolve(const std::string& folder, const std::string& target) {
  return target.starts_with('/') ? target.substr(1) : folder + target;
}

absl::StatusOr<std::string> FindWorkbook(XlsxPackage& package, const TableOptions& options) {
  if (package.Has("_rels/.rels")) {
    RelationsReader root;
    SA_RETURN_IF_ERROR(package.Parse("_rels/.rels", root));
    for (const auto& [id, relation] : root.relations) {
      const std::string part = Resolve("", relation.target);
      if (relation.type == "officeDocument" && part.ends_with(".xml") &&
          part.find("word/") == std::string::npos && part.find("ppt/") == std::string::npos) {
        return part;
      }
    }
  }
  return RejectFile(options,
                    "the file is no Excel workbook with sheets of XML; save it as .xlsx or CSV",
                    "Excelブック（.xlsx）ではありません。.xlsxかCSVで保存し直してください");
}

}  // namespace

absl::StatusOr<XlsxWorkbook> ReadWorkbook(XlsxPackage& package, const TableOptions& options) {
  SA_ASSIGN_OR_RETURN(const std::string part, FindWorkbook(package, options));
  const auto [folder, name] = SplitPath(part);
  WorkbookReader reader;
  SA_RETURN_IF_ERROR(package.Parse(part, reader));
  RelationsReader relations;
  SA_RETURN_IF_ERROR(package.Parse(absl::StrCat(folder, "_rels/", name, ".rels"), relations));

  XlsxWorkbook workbook;
  workbook.shared.since_1904 = reader.since_1904;
  for (const auto& [title, id] : reader.sheets) {
    const Relation& relation = relations.relations[id];
    if (relation.type != "worksheet") continue;
    workbook.sheets.push_back({title, Resolve(folder, relation.target)});
  }
  if (workbook.sheets.size() > options.limits.sheets) {
    return FileTooLarge(
        options, absl::StrCat("the workbook has more than ", options.limits.sheets, " sheets"),
        absl::StrCat("シートが", options.limits.sheets, "枚を超えています"));
  }
  for (const auto& [id, relation] : relations.relations) {
    const std::string target = Resolve(folder, relation.target);
    if (relation.type == "styles") {
      StylesReader styles(workbook.shared.formats);
      SA_RETURN_IF_ERROR(package.Parse(target, styles));
    } else if (relation.type == "sharedStrings") {
      XlsxStringsReader strings(workbook.shared.strings, options);
      SA_RETURN_IF_ERROR(package.Parse(target, strings));
    }
  }
  return workbook;
}

}  // namespace staraction
