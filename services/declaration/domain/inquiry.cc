#include "services/declaration/domain/inquiry.h"

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/timestamp.h"
#include "common/resource/name.h"
#include "services/declaration/domain/action.h"
#include "services/declaration/domain/day.h"
#include "services/declaration/domain/declaration.h"

namespace staraction::declaration::domain {
namespace {

using Entry = v1::InquiryEntry;
using Inquiry = v1::Inquiry;

constexpr Allowed<Inquiry::State> kInquiry[] = {
    {Inquiry::STATE_OPEN, "addEntry"},   {Inquiry::STATE_OPEN, "answer"},
    {Inquiry::STATE_OPEN, "close"},      {Inquiry::STATE_ANSWERED, "addEntry"},
    {Inquiry::STATE_ANSWERED, "answer"}, {Inquiry::STATE_ANSWERED, "close"},
    {Inquiry::STATE_CLOSED, "addEntry"},
};

google::type::Date DueDay(const content::v1::InquirySource* source,
                          const BusinessCalendar& calendar, absl::CivilDay from) {
  const int days = source == nullptr ? 5 : source->business_days();
  return ToProtoDate(calendar.Add(from, days));
}

Entry NewEntry(Entry::Kind kind, const std::string& text, const std::string& person,
               const google::type::Date* day, const Act& act) {
  Entry entry;
  entry.set_kind(kind);
  entry.set_text(text);
  entry.set_person(person);
  entry.set_actor(act.actor);
  *entry.mutable_record_time() = ToTimestamp(act.now);
  *entry.mutable_effective_date() = day == nullptr ? ToProtoDate(TokyoDay(act.now)) : *day;
  return entry;
}

// Not in the future, and not before the inquiry came.
void CheckDay(const google::type::Date& day, const std::string& field, const Act& act,
              const Inquiry& inquiry, std::vector<Violation>& violations) {
  RefuseFuture(day, field, act.now, violations);
  if (DayOf(day) >= DayOf(inquiry.receive_date())) return;
  violations.push_back({field, "is before the day on which the inquiry came",
                        "問い合わせを受けた日より前の日付です"});
}

void CheckDue(const Inquiry& inquiry, const std::string& field,
              std::vector<Violation>& violations) {
  if (!inquiry.has_due_date() || DayOf(inquiry.due_date()) >= DayOf(inquiry.receive_date())) return;
  violations.push_back({field, "is before the day on which the inquiry came",
                        "期限が、問い合わせを受けた日より前です"});
}

void CheckOwner(const Inquiry& inquiry, const std::string& field,
                std::vector<Violation>& violations) {
  if (inquiry.owner().empty() || ParseName("users/{user}", inquiry.owner()).ok()) return;
  violations.push_back({field, "wanted users/{user}", "担当者は users/{user} の形で指定します"});
}

}  // namespace

absl::Status CheckAction(const Inquiry& inquiry, const std::string& verb) {
  return CheckVerb(VerbsOf(kInquiry, inquiry.state()), inquiry.name(),
                   Inquiry::State_Name(inquiry.state()), verb);
}

absl::StatusOr<Inquiry> NewInquiry(const Inquiry& wanted, const content::Library& library,
                                   const BusinessCalendar& calendar, const Act& act) {
  std::vector<Violation> violations;
  const auto* source = library.Find<content::v1::InquirySource>(wanted.source());
  if (source == nullptr) violations.push_back(UnknownContent("inquiry.source", wanted.source()));
  RefuseFuture(wanted.receive_date(), "inquiry.receive_date", act.now, violations);
  CheckDue(wanted, "inquiry.due_date", violations);
  CheckOwner(wanted, "inquiry.owner", violations);
  if (!violations.empty()) return InvalidFields(violations);
  Inquiry inquiry = wanted;
  if (!inquiry.has_due_date()) {
    *inquiry.mutable_due_date() = DueDay(source, calendar, DayOf(inquiry.receive_date()));
  }
  inquiry.set_state(Inquiry::STATE_OPEN);
  return inquiry;
}

Entry FirstEntry(const v1::CreateInquiryRequest& request, const Act& act) {
  return NewEntry(Entry::KIND_QUESTION, request.question(), request.inquiry().sender(),
                  &request.inquiry().receive_date(), act);
}

absl::Status CheckUpdated(const Inquiry& inquiry) {
  std::vector<Violation> violations;
  CheckDue(inquiry, "inquiry.due_date", violations);
  CheckOwner(inquiry, "inquiry.owner", violations);
  if (!inquiry.has_due_date()) {
    violations.push_back({"inquiry.due_date", "is required", "期限を指定してください"});
  }
  return violations.empty() ? absl::OkStatus() : InvalidFields(violations);
}

absl::StatusOr<Entry> AddEntry(const v1::AddInquiryEntryRequest& request,
                               const content::Library& library, const BusinessCalendar& calendar,
                               const Act& act, Inquiry& inquiry) {
  std::vector<Violation> violations;
  const bool question = request.kind() == Entry::KIND_QUESTION;
  if (!question && request.kind() != Entry::KIND_NOTE) {
    violations.push_back({"kind", "wanted KIND_NOTE or KIND_QUESTION",
                          "種類は NOTE か QUESTION です。回答は answer で記録します"});
  }
  const auto* day = request.has_effective_date() ? &request.effective_date() : nullptr;
  if (day != nullptr) CheckDay(*day, "effective_date", act, inquiry, violations);
  if (!violations.empty()) return InvalidFields(violations);
  Entry entry = NewEntry(request.kind(), request.text(), request.person(), day, act);
  if (question) {
    const auto* source = library.Find<content::v1::InquirySource>(inquiry.source());
    inquiry.set_state(Inquiry::STATE_OPEN);
    *inquiry.mutable_due_date() = DueDay(source, calendar, DayOf(entry.effective_date()));
  }
  return entry;
}

absl::StatusOr<Entry> Answer(const v1::AnswerInquiryRequest& request, const Act& act,
                             Inquiry& inquiry) {
  std::vector<Violation> violations;
  const auto* day = request.has_answer_date() ? &request.answer_date() : nullptr;
  if (day != nullptr) CheckDay(*day, "answer_date", act, inquiry, violations);
  if (!violations.empty()) return InvalidFields(violations);
  Entry entry = NewEntry(Entry::KIND_ANSWER, request.text(), request.answered_by(), day, act);
  inquiry.set_state(Inquiry::STATE_ANSWERED);
  *inquiry.mutable_answer_date() = entry.effective_date();
  return entry;
}

absl::StatusOr<Entry> Close(const v1::CloseInquiryRequest& request, const Act& act,
                            Inquiry& inquiry) {
  if (inquiry.state() == Inquiry::STATE_OPEN && request.reason().empty()) {
    return InvalidField("reason", "is required: the latest question has no answer",
                        "回答していない問い合わせを終えるときは、理由を入力してください");
  }
  inquiry.set_state(Inquiry::STATE_CLOSED);
  return NewEntry(Entry::KIND_CLOSING, request.reason(), "", nullptr, act);
}

void Complete(const content::Library& library, absl::CivilDay today, Inquiry& inquiry) {
  const auto* source = library.Find<content::v1::InquirySource>(inquiry.source());
  inquiry.set_source_title(source == nullptr ? inquiry.source() : source->title().ja());
  inquiry.set_overdue(inquiry.state() == Inquiry::STATE_OPEN && DayOf(inquiry.due_date()) < today);
  inquiry.clear_allowed_actions();
  for (const std::string& verb : VerbsOf(kInquiry, inquiry.state())) {
    inquiry.add_allowed_actions(verb);
  }
}

}  // namespace staraction::declaration::domain
