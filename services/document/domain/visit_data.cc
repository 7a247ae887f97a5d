#include "absl/strings/str_cat.h"
#include "common/paper/form_code.h"
#include "common/resource/name.h"
#include "services/document/domain/fill.h"
#include "services/document/domain/formats.h"

namespace staraction::document::domain {
namespace {

using engagement::v1::Visit;

constexpr size_t kCodeGroup = 6;

bool WasHeld(const Visit& visit) {
  return visit.state() == Visit::STATE_HELD || visit.state() == Visit::STATE_CONFIRMED;
}

std::string MeansText(Visit::Means means) {
  switch (means) {
    case Visit::MEANS_ONSITE:
      return "訪問";
    case Visit::MEANS_ONLINE:
      return "オンライン";
    case Visit::MEANS_TELEPHONE:
      return "電話";
    default:
      return "";
  }
}

// Everybody of one side, with their positions.
std::string PeopleText(const Visit& visit, engagement::v1::Side side) {
  std::vector<std::string> people;
  for (const auto& person : visit.participants()) {
    if (person.side() == side) {
      people.push_back(JoinedText({person.position(), person.display_name()}, " "));
    }
  }
  return JoinedText(people, "、");
}

std::string OwnerText(const Visit::Homework& homework) {
  if (!homework.owner_display_name().empty()) return homework.owner_display_name();
  return homework.side() == engagement::v1::SIDE_CLIENT ? "貴社" : "支援者";
}

void AddLists(const Visit& visit, TemplateData& data) {
  data.lists["agenda"] = Rows(visit.agenda(), "text");
  auto& decisions = data.lists["decision"];
  for (const auto& decision : visit.decisions()) {
    decisions.push_back(
        {{"text", decision.text()},
         {"person", decision.person().empty() ? "" : absl::StrCat("（", decision.person(), "）")}});
  }
  auto& homework = data.lists["homework"];
  for (const auto& task : visit.homework()) {
    homework.push_back({{"title", task.title()},
                        {"owner", OwnerText(task)},
                        {"due_day", ShortDate(task.due_date())}});
  }
  auto& confirmations = data.lists["confirmation"];
  for (const auto& confirmation : visit.confirmations()) {
    confirmations.push_back({{"person", confirmation.person()},
                             {"date", DateText(confirmation.effective_time())},
                             {"note", confirmation.note()}});
  }
}

}  // namespace

void FillVisitReport(const SubjectFacts& facts, TemplateData& data) {
  const Visit& visit = facts.visit;
  const bool held = WasHeld(visit);
  data.fields["document.title"] = held ? "訪問報告書" : "訪問のご案内";
  data.fields["visit.held"] = held ? "1" : "";
  data.fields["visit.number"] = visit.number() == 0 ? "" : absl::StrCat("第", visit.number(), "回");
  data.fields["visit.title"] = visit.title();
  data.fields["visit.date"] = held ? DateText(visit.start_time()) : DateText(visit.planned_date());
  data.fields["visit.time"] =
      held
          ? JoinedText({ClockText(visit.start_time()), ClockText(visit.end_time())}, "〜")
          : JoinedText({ClockText(visit.planned_start_time()), ClockText(visit.planned_end_time())},
                       "〜");
  data.fields["visit.place"] = JoinedText({visit.place(), MeansText(visit.means())}, "　");
  data.fields["visit.client_people"] = PeopleText(visit, engagement::v1::SIDE_CLIENT);
  data.fields["visit.our_people"] = PeopleText(visit, engagement::v1::SIDE_CONSULTANT);
  data.fields["visit.next_date"] = DateText(visit.next_visit_date());
  data.fields["visit.offering"] = visit.offering_display_name();
  data.fields["visit.has_minutes"] = visit.minutes().empty() ? "" : "1";
  data.prose["visit.minutes"] = visit.minutes();
  const std::string code = visit.name().empty()
                               ? ""
                               : paper::EncodeFormCode({.kind = paper::FormKind::kVisit,
                                                        .resource = LastId(visit.name())});
  data.fields["form.code"] = code;
  data.fields["form.code_text"] = GroupedText(code, kCodeGroup);
  AddLists(visit, data);
}

}  // namespace staraction::document::domain
