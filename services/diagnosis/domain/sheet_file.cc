#include "services/diagnosis/domain/sheet_file.h"

#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "common/base/macros.h"
#include "common/base/text.h"
#include "common/table/csv_reader.h"
#include "common/table/encoding.h"

namespace staraction::diagnosis::domain {
namespace {

using content::v1::Answer;
using content::v1::Questionnaire;
using content::v1::QuestionnaireItem;

constexpr size_t kMaxNote = 1000;

std::string NumberOf(const QuestionnaireItem& item) {
  return item.number() > 0 ? absl::StrCat(item.number()) : item.code();
}

const QuestionnaireItem* ItemCalled(const Questionnaire& questionnaire, const std::string& cell) {
  const std::string called = NormalizeCode(cell);
  for (const auto& item : questionnaire.items()) {
    if (called == item.code() || called == NumberOf(item)) return &item;
  }
  return nullptr;
}

// Every spelling of an answer, folded.
std::map<std::string, Answer> Spellings(const Questionnaire& questionnaire) {
  std::map<std::string, Answer> spellings;
  for (const auto& choice : questionnaire.choices()) {
    spellings[FoldForSearch(choice.label().ja())] = choice.answer();
    if (!choice.label().en().empty()) {
      spellings[FoldForSearch(choice.label().en())] = choice.answer();
    }
    for (const auto& spelling : choice.spellings()) {
      spellings[FoldForSearch(spelling)] = choice.answer();
    }
  }
  return spellings;
}

std::string Wanted(const Questionnaire& questionnaire, const QuestionnaireItem& item) {
  std::string labels;
  for (const auto& choice : questionnaire.choices()) {
    if (std::count(item.answers().begin(), item.answers().end(), choice.answer()) == 0) continue;
    absl::StrAppend(&labels, labels.empty() ? "" : "、", choice.label().ja());
  }
  return labels;
}

class Reader {
 public:
  Reader(const Questionnaire& questionnaire, Table table)
      : questionnaire_(questionnaire),
        table_(std::move(table)),
        spellings_(Spellings(questionnaire)) {}

  absl::StatusOr<SheetFile> Read() {
    item_ = table_.FindColumn({"番号", "項目", "項目コード", "no", "no.", "number", "item"});
    if (!item_) item_ = table_.RequireColumn({"番号"});
    answer_ = table_.RequireColumn({"回答", "答え", "answer"});
    note_ = table_.FindColumn({"備考", "メモ", "note"});
    if (item_ && answer_) {
      for (size_t row = 0; row < table_.row_count(); ++row) ReadRow(row);
    }
    SA_RETURN_IF_ERROR(table_.report().ToStatus());
    for (const auto& item : questionnaire_.items()) {
      if (!answered_.contains(item.code())) file_.blank.push_back(NumberOf(item));
    }
    return std::move(file_);
  }

 private:
  void ReadRow(size_t row) {
    const std::string called(table_.Cell(row, item_));
    const QuestionnaireItem* item = ItemCalled(questionnaire_, called);
    if (item == nullptr) {
      table_.Reject(row, *item_,
                    {called, "want the number or code of an item",
                     "質問票にある番号か項目コードを入力してください"});
      return;
    }
    if (!seen_.insert(item->code()).second) {
      table_.Reject(row, *item_, {called, "want each item once", "同じ項目が2回あります"});
      return;
    }
    const std::string cell(table_.Cell(row, answer_));
    if (FoldForSearch(cell).empty()) return;
    const auto found = spellings_.find(FoldForSearch(cell));
    if (found == spellings_.end() ||
        std::count(item->answers().begin(), item->answers().end(), found->second) == 0) {
      const std::string wanted = Wanted(questionnaire_, *item);
      table_.Reject(row, *answer_,
                    {cell, absl::StrCat("want one of ", wanted),
                     absl::StrCat("次のいずれかで答えてください: ", wanted)});
      return;
    }
    answered_.insert(item->code());
    v1::SheetAnswer& answer = *file_.answers.Add();
    answer.set_item(item->code());
    answer.set_answer(found->second);
    SetNote(row, answer);
  }

  void SetNote(size_t row, v1::SheetAnswer& answer) {
    const std::string note(table_.Cell(row, note_));
    if (!IsPlainText(note, true) || note.size() > kMaxNote) {
      table_.Reject(row, *note_,
                    {note.substr(0, 40), "want plain text of at most 1,000 bytes",
                     "1,000バイトまでの文章にしてください"});
      return;
    }
    answer.set_note(note);
  }

  const Questionnaire& questionnaire_;
  Table table_;
  const std::map<std::string, Answer> spellings_;
  std::optional<size_t> item_, answer_, note_;
  std::set<std::string> seen_, answered_;
  SheetFile file_;
};

}  // namespace

absl::StatusOr<SheetFile> ReadSheetFile(const Questionnaire& questionnaire,
                                        std::string_view bytes) {
  SA_ASSIGN_OR_RETURN(Table table, ReadCsv(bytes));
  SA_ASSIGN_OR_RETURN(SheetFile file, Reader(questionnaire, std::move(table)).Read());
  const auto text = DecodeText(bytes);
  file.encoding = text.ok() && text->encoding == TextEncoding::kCp932 ? "CP932" : "UTF-8";
  return file;
}

}  // namespace staraction::diagnosis::domain
