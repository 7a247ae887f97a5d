#include "services/asset/domain/import.h"

#include <set>
#include <unordered_map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/id.h"
#include "common/base/text.h"

namespace staraction::asset::domain {
namespace {

using google::protobuf::Message;
using Index = std::unordered_map<std::string, size_t>;

std::string TextField(const Message& message, const char* name) {
  const auto* field = message.GetDescriptor()->FindFieldByName(name);
  return message.GetReflection()->GetString(message, field);
}

std::string IdOf(const Message& message) {
  const std::string name = TextField(message, "name");
  return name.substr(name.rfind('/') + 1);
}

class Importer {
 public:
  Importer(Table& table, const ImportPlan& plan, const Message& prototype,
           const std::vector<const Message*>& present)
      : table_(table), plan_(plan), prototype_(prototype), present_(present) {}

  ImportOutcome Run() {
    Bind();
    if (!table_.report().empty() && !complete_) return std::move(out_);
    for (size_t i = 0; i < present_.size(); ++i) {
      by_key_.emplace(plan_.key(*present_[i]), i);
      by_id_.emplace(IdOf(*present_[i]), i);
      const std::string own = SourceId(*present_[i]);
      if (!own.empty()) by_source_.emplace(own, i);
    }
    lines_.assign(present_.size(), 0);
    for (const RowProblem& problem : table_.report().problems()) {
      faulty_.emplace(problem.line, problem.column);
    }
    for (size_t row = 0; row < table_.row_count(); ++row) ReadRow(row);
    ReportMissing();
    return std::move(out_);
  }

 private:
  struct Bound {
    const Column* column;
    size_t index;  // in the table
  };

  std::string SourceId(const Message& message) const {
    return plan_.source_id == nullptr
               ? ""
               : message.GetReflection()->GetString(message, plan_.source_id);
  }

  void Bind() {
    std::set<size_t> used;
    for (const Column& column : plan_.columns) {
      const auto index = table_.FindColumn(column.names);
      if (index) {
        used.insert(*index);
        if (column.code == kIdColumn) id_ = index;
        bound_.push_back({&column, *index});
      } else if (column.required) {
        complete_ = false;
        table_.RequireColumn({column.title});
      }
      if (column.field == "display_name") name_ = index;
    }
    for (size_t i = 0; i < table_.header().size(); ++i) {
      if (used.count(i) == 0 && !table_.header()[i].empty()) {
        out_.report.add_ignored_columns(table_.header()[i]);
      }
    }
  }

  // Reads the row's cells into the message; faults are reported once.
  bool Apply(size_t row, Message& message, bool report) {
    bool good = true;
    for (const Bound& bound : bound_) {
      if (bound.column->computed) continue;
      auto problem = bound.column->read(table_.Cell(row, bound.index), message);
      if (!problem) continue;
      good = false;
      if (report) Reject(row, bound.index, *std::move(problem));
    }
    return good;
  }

  // A cell has one fault: what the file's reader said about it already is nearer to its cause.
  void Reject(size_t row, size_t column, Problem problem) {
    if (faulty_.count({table_.line(row), table_.header()[column]}) > 0) return;
    table_.Reject(row, column, std::move(problem));
  }

  // The entry that the row is about: an index of present_.
  std::optional<size_t> Find(const std::string& id, const Message& read) const {
    const auto look = [](const Index& index, const std::string& key) -> std::optional<size_t> {
      const auto found = index.find(key);
      return found == index.end() ? std::nullopt : std::optional(found->second);
    };
    if (!id.empty()) {
      if (const auto found = look(by_source_, id)) return found;
      if (const auto found = look(by_id_, id)) return found;
    }
    return look(by_key_, plan_.key(read));
  }

  void Twice(size_t row, std::optional<size_t> column, int other) {
    table_.Reject(row, column.value_or(name_.value_or(0)),
                  {std::string(table_.Cell(row, column ? column : name_)),
                   absl::StrCat("line ", other, " is the same entry; want each once"),
                   absl::StrCat(other, "行目と同じ項目です。1つの項目は1行にしてください")});
  }

  void ReadRow(size_t row) {
    const std::unique_ptr<Message> read(prototype_.New());
    const bool good = Apply(row, *read, true);
    const std::string id = NormalizeName(table_.Cell(row, id_));
    const auto found = Find(id, *read);
    const int line = table_.line(row);
    if (found) {
      if (lines_[*found] != 0) return Twice(row, id.empty() ? std::nullopt : id_, lines_[*found]);
      lines_[*found] = line;
    }
    if (!good) {
      // Whoever mends the row would meet the double next.
      if (!found && !TextField(*read, "display_name").empty()) HasFreeKey(row, *read, found);
      return;
    }
    std::unique_ptr<Message> after(prototype_.New());
    if (found) {
      after->CopyFrom(*present_[*found]);
      Apply(row, *after, false);
    } else {
      after->CopyFrom(*read);
    }
    TakeId(id, *after);
    plan_.finish(*after);
    if (!HasFreeKey(row, *after, found)) return;
    Note(row, *after);
    found ? Update(row, *present_[*found], std::move(after)) : Create(row, std::move(after));
  }

  // A number that is no id of ours is the company's own.
  void TakeId(const std::string& id, Message& entry) const {
    // A UUID is the id of an entry: of this one, of one that is gone, or of another client's.
    if (plan_.source_id == nullptr || id.empty() || IsUuid(id)) return;
    entry.GetReflection()->SetString(&entry, plan_.source_id, id);
  }

  bool HasFreeKey(size_t row, const Message& after, std::optional<size_t> found) {
    const std::string key = plan_.key(after);
    const auto [first, fresh] = keys_.emplace(key, static_cast<size_t>(table_.line(row)));
    if (!fresh) {
      Twice(row, name_, static_cast<int>(first->second));
      return false;
    }
    const std::string own = SourceId(after);
    if (!own.empty() && !sources_.emplace(own, 0).second) {
      table_.Reject(row, id_.value_or(0),
                    {own, "another line has this ID; want each once",
                     "別の行にも同じIDがあります。IDは1つの項目に1つにしてください"});
      return false;
    }
    const auto holder = by_key_.find(key);
    if (holder == by_key_.end() || holder->second == found) return true;
    table_.Reject(row, name_.value_or(0),
                  {std::string(table_.Cell(row, name_)),
                   "another entry has the same key; change or delete that one first",
                   "同じ項目がすでにあります。先にそちらを変更または削除してください"});
    return false;
  }

  void Update(size_t row, const Message& before, std::unique_ptr<Message> after) {
    v1::ImportChange change;
    for (const Column& column : plan_.columns) {
      if (column.code == kIdColumn) continue;
      const std::string was = column.write(before);
      const std::string is = column.write(*after);
      if (was == is) continue;
      v1::FieldChange& field = *change.add_fields();
      field.set_field(column.field);
      field.set_before(was);
      field.set_after(is);
    }
    const std::string own = SourceId(*after);
    if (own != SourceId(before)) {
      v1::FieldChange& field = *change.add_fields();
      field.set_field("source_id");
      field.set_before(SourceId(before));
      field.set_after(own);
    }
    if (change.fields().empty()) {
      return out_.report.set_unchanged_count(out_.report.unchanged_count() + 1);
    }
    out_.report.set_updated_count(out_.report.updated_count() + 1);
    change.set_kind(v1::ImportChange::KIND_UPDATED);
    change.set_entry(TextField(before, "name"));
    Keep(row, *after, std::move(change));
    out_.updated.push_back(std::move(after));
  }

  void Create(size_t row, std::unique_ptr<Message> after) {
    out_.report.set_created_count(out_.report.created_count() + 1);
    v1::ImportChange change;
    change.set_kind(v1::ImportChange::KIND_CREATED);
    Keep(row, *after, std::move(change));
    out_.created.push_back(std::move(after));
  }

  void Keep(size_t row, const Message& entry, v1::ImportChange change) {
    if (out_.report.changes_size() == kMostReported) return;
    change.set_line(table_.line(row));
    change.set_display_name(TextField(entry, "display_name"));
    *out_.report.add_changes() = std::move(change);
  }

  // Words that were understood, each once, and computed values that come out otherwise.
  void Note(size_t row, const Message& after) {
    for (const Bound& bound : bound_) {
      if (!bound.column->noted && !bound.column->computed) continue;
      const std::string cell = NormalizeName(table_.Cell(row, bound.index));
      if (cell.empty() || out_.report.notes_size() == kMostReported) continue;
      const std::string written = bound.column->write(after);
      if (cell == written || FoldForSearch(cell) == FoldForSearch(written)) continue;
      if (bound.column->noted && !noted_.insert(cell).second) continue;
      v1::ImportNote& note = *out_.report.add_notes();
      note.set_line(table_.line(row));
      note.set_column(table_.header()[bound.index]);
      note.set_text(NoteText(*bound.column, cell, written));
    }
  }

  std::string NoteText(const Column& column, const std::string& cell,
                       const std::string& written) const {
    const bool english = plan_.language == Language::kEnglish;
    if (column.computed) {
      return english
                 ? absl::StrCat("the file says ", cell, ", computed is ", written)
                 : absl::StrCat("ファイルの値は", cell, "ですが、計算では", written, "になります");
    }
    return english ? absl::StrCat("'", cell, "' is taken as '", written, "'")
                   : absl::StrCat("「", cell, "」を「", written, "」として読みました");
  }

  void ReportMissing() {
    for (size_t i = 0; i < present_.size(); ++i) {
      if (lines_[i] != 0) continue;
      out_.report.set_missing_count(out_.report.missing_count() + 1);
      if (out_.report.missing_size() == kMostReported) continue;
      v1::MissingEntry& missing = *out_.report.add_missing();
      missing.set_entry(TextField(*present_[i], "name"));
      missing.set_display_name(TextField(*present_[i], "display_name"));
    }
  }

  Table& table_;
  const ImportPlan& plan_;
  const Message& prototype_;
  const std::vector<const Message*>& present_;
  std::vector<Bound> bound_;
  std::optional<size_t> id_, name_;
  bool complete_ = true;              // All required columns are there.
  Index by_key_, by_id_, by_source_;  // → index of present_
  std::vector<int> lines_;            // Of present_: where the file names it, or 0.
  Index keys_, sources_;              // Of the file so far → line.
  std::set<std::string> noted_;
  std::set<std::pair<int, std::string>> faulty_;  // Line and column of what the reader reported.
  ImportOutcome out_;
};

}  // namespace

std::vector<ColumnNames> HeaderColumns(const std::vector<Column>& columns) {
  std::vector<ColumnNames> names;
  names.reserve(columns.size());
  for (const Column& column : columns) names.push_back({column.names, column.computed});
  return names;
}

ImportOutcome Import(Table& table, const ImportPlan& plan, const Message& prototype,
                     const std::vector<const Message*>& present) {
  return Importer(table, plan, prototype, present).Run();
}

}  // namespace staraction::asset::domain
