#include "services/document/test_company.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "absl/strings/str_format.h"
#include "absl/time/time.h"
#include "common/base/clock.h"
#include "common/base/date.h"
#include "common/content/library.h"
#include "staraction/diagnosis/v1/diagnosis_service.pb.h"
#include "staraction/diagnosis/v1/rulebook_service.pb.h"
#include "staraction/diagnosis/v1/rulebook_version_service.pb.h"
#include "staraction/engagement/v1/company_service.pb.h"
#include "staraction/engagement/v1/engagement_service.pb.h"
#include "staraction/engagement/v1/organization_service.pb.h"
#include "staraction/engagement/v1/quote_service.pb.h"
#include "staraction/engagement/v1/roster_service.pb.h"
#include "staraction/engagement/v1/visit_service.pb.h"
#include "staraction/training/v1/certificate_service.pb.h"
#include "staraction/training/v1/course_service.pb.h"
#include "staraction/training/v1/paper_service.pb.h"
#include "staraction/training/v1/report_service.pb.h"
#include "staraction/training/v1/session_service.pb.h"

namespace staraction::document {
namespace {

namespace dcl = declaration::v1;
namespace dia = diagnosis::v1;
namespace eng = engagement::v1;
namespace trn = training::v1;

constexpr int kFirstLongName = 5;
const std::string kCourseName = "courses/six-rules";

google::type::Date Day(int year, int month, int day) {
  return ToProtoDate(absl::CivilDay(year, month, day));
}

google::protobuf::Timestamp At(absl::CivilMinute minute) {
  google::protobuf::Timestamp time;
  time.set_seconds(absl::ToUnixSeconds(absl::FromCivil(minute, Tokyo())));
  return time;
}

std::string PersonName(int number) {
  static const char* const kFamilies[] = {"濵﨑", "𠮷田", "髙橋", "山﨑", "邉見", "五十嵐"};
  static const char* const kGivens[] = {"髙志", "髙子", "一", "さくら", "龍之介", "由美"};
  if (number % 10 == kFirstLongName) {
    return "勘解由小路 アレクサンドラ・マリア・フェルナンデス美代子・髙";
  }
  return absl::StrCat(kFamilies[(number - 1) % 6], " ", kGivens[(number - 1) % 6]);
}

std::string Department(int number) {
  static const char* const kDepartments[] = {"総務部", "製造部", "製造部", "営業部",
                                             "品質保証部 検査課 受入検査係"};
  return number == 1 ? "" : kDepartments[number % 5];
}

template <typename List>
bool Applies(const List& list, int item) {
  return list.empty() || std::find(list.begin(), list.end(), item) != list.end();
}

void FillText(const content::v1::PledgeText& from, const content::v1::RuleList& rules,
              const std::string& digest, dcl::PledgeText* text) {
  text->set_id(from.id());
  text->set_title(from.title().ja());
  text->set_body(from.body().text());
  text->set_digest(digest + std::string(48, '0'));
  for (const auto& rule : rules.rules()) text->add_rules(rule.title().ja());
}

void PutParties(FixedSources& sources) {
  auto& client = TestClient(sources);
  client.set_name(kClientName);
  client.set_legal_name("株式会社濵﨑髙製作所");
  client.set_postal_code("540-0008");
  client.set_address("大阪府大阪市中央区大手前1丁目2番3号");
  client.set_representative_title("代表取締役");
  client.set_representative_name("濵﨑 髙志");
  auto& organization =
      sources.Answer<eng::GetOrganizationRequest, eng::Organization>("organization");
  organization.set_name("organization");
  organization.set_display_name("なにわセキュリティ支援協議会");
  auto& user = *sources.Answer<eng::ListUsersRequest, eng::ListUsersResponse>("").add_users();
  user.set_name("users/1");
  user.set_display_name("山田 花子");
  auto& engagement = sources.Answer<eng::GetEngagementRequest, eng::Engagement>(kEngagementName);
  engagement.set_name(kEngagementName);
  engagement.set_client(kClientName);
  engagement.set_star(1);
  *engagement.mutable_start_date() = Day(2026, 7, 1);
  *engagement.mutable_due_date() = Day(2026, 9, 30);
  engagement.mutable_editions()->set_rule_list("six-rules");
  *sources
       .Answer<eng::ListClientEngagementsRequest, eng::ListClientEngagementsResponse>(kClientName)
       .add_engagements() = engagement;
}

void PutPledgeCertificate(const dcl::Pledge& pledge, FixedSources& sources) {
  auto& certificate =
      sources.Answer<dcl::GetPledgeCertificateRequest, dcl::PledgeCertificate>(pledge.name());
  certificate.set_version(1);
  certificate.set_seal("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
  certificate.set_note("この記録は、記録された値を示すものです。電子署名ではありません。");
  *certificate.mutable_issue_time() = At(absl::CivilMinute(2026, 9, 1, 9, 0));
  const auto add = [&](const char* code, const char* label, const std::string& value,
                       const char* meaning) {
    auto& field = *certificate.add_fields();
    field.set_code(code);
    field.set_label(label);
    field.set_value(value);
    field.set_meaning(meaning);
  };
  add("PLEDGE", "誓約の記録", pledge.name(), "");
  add("DISPLAY_NAME", "氏名", pledge.display_name(), "");
  add("STAFF_NUMBER", "社員番号", pledge.staff_number(), "");
  add("DEPARTMENT", "所属", pledge.department(), "");
  add("TEXT_TITLE", "誓約の題", "情報セキュリティ6か条を守る誓約書", "");
  add("PLEDGE_DATE", "誓約した日", "2026-08-25", "");
  add("CHANNEL", "受け付けた方法", "CHANNEL_LINK", "個人用のリンク");
  add("SCAN_SHA256", "用紙の画像", "", "");
}

void PutPeople(int people, FixedSources& sources) {
  auto& roster = sources.Answer<eng::ListRosterEntriesRequest, eng::ListRosterEntriesResponse>(
      kEngagementName);
  auto& pledges = sources.Answer<dcl::ListPledgesRequest, dcl::ListPledgesResponse>(kCampaignName);
  for (int number = 1; number <= people; ++number) {
    auto& entry = *roster.add_roster_entries();
    entry.set_counted(true);
    auto& member = *entry.mutable_member();
    member.set_name(MemberName(number));
    member.set_display_name(PersonName(number));
    member.set_department(Department(number));
    member.set_staff_number(absl::StrFormat("S-%03d", number));
    member.set_president(number == 1);
    auto& pledge = *pledges.add_pledges();
    pledge.set_name(PledgeName(number));
    pledge.set_member(member.name());
    pledge.set_display_name(member.display_name());
    pledge.set_department(member.department());
    pledge.set_staff_number(member.staff_number());
    pledge.set_president(member.president());
    if (number != 4) pledge.set_state(dcl::Pledge::STATE_PLEDGED);
    sources.Answer<dcl::GetPledgeRequest, dcl::Pledge>(pledge.name()) = pledge;
    if (number != 4) PutPledgeCertificate(pledge, sources);
  }
  auto& absent = *roster.add_roster_entries();
  absent.mutable_member()->set_display_name("対象外の人");
}

void PutCampaign(const content::Library& library, int people, FixedSources& sources) {
  const auto& rules = *library.FindRuleList("six-rules");
  auto& campaign = TestCampaign(sources);
  campaign.set_name(kCampaignName);
  campaign.set_client(kClientName);
  campaign.set_rule_list("six-rules");
  FillText(*library.FindPledgeText("six-rules-everybody"), rules, "0123456789abcdef",
           campaign.mutable_text());
  FillText(*library.FindPledgeText("six-rules-president"), rules, "fedcba9876543210",
           campaign.mutable_president_text());
  *campaign.mutable_open_time() = At(absl::CivilMinute(2026, 8, 3, 9, 0));
  campaign.mutable_coverage()->set_counted(people);
  campaign.mutable_coverage()->set_pledged(people - 1);
  *sources.Answer<dcl::ListCampaignsRequest, dcl::ListCampaignsResponse>(kEngagementName)
       .add_campaigns() = campaign;
}

// A company's fields of the portal; texts are filled but for the telephone number, the rest is not.
void PutDeclaration(const content::Library& library, FixedSources& sources) {
  const auto& procedure = *library.FindDeclarationProcedure("portal-2026");
  auto& declaration = TestDeclaration(sources);
  declaration.set_name(kDeclarationName);
  declaration.set_engagement(kEngagementName);
  declaration.set_star(1);
  for (const auto& from : procedure.fields()) {
    if (!Applies(from.client_kinds(), content::v1::CLIENT_KIND_COMPANY)) continue;
    if (!Applies(from.stars(), 1)) continue;
    auto& field = *declaration.add_fields();
    field.set_code(from.code());
    field.set_label(from.label().ja());
    field.set_kind(from.kind());
    field.set_required(from.required());
    field.set_hint(from.hint().ja());
    field.set_uncertainty(from.uncertainty().note().ja());
    if (from.kind() != content::v1::FIELD_KIND_TEXT || from.code() == "CONTACT_PHONE") continue;
    field.set_value(from.code() == "REPRESENTATIVE_NAME" ? "濵﨑 髙志" : "値：" + from.code());
    field.set_entered_by(from.source().empty() ? "users/1" : "client");
    field.mutable_enter_time()->set_seconds(1790866800);
  }
  auto& guide = *declaration.mutable_guide();
  guide.set_procedure_title(procedure.title().ja());
  guide.set_entry_system(procedure.entry_system().ja());
  guide.set_rule_list_title(library.FindRuleList("six-rules")->title().ja());
  guide.add_uncertainties(procedure.uncertainty().note().ja());
  for (const auto& rule : library.FindRuleList("six-rules")->rules()) {
    guide.add_rules(rule.title().ja());
  }
  for (const auto& from : procedure.steps()) {
    auto& step = *guide.add_steps();
    step.set_text(from.text().ja());
    step.set_side(from.side());
  }
}

void PutRulebook(const content::Library& library, FixedSources& sources) {
  auto& rulebook = sources.Answer<dia::GetRulebookRequest, dia::Rulebook>(kRulebookName);
  rulebook.set_name(kRulebookName);
  rulebook.set_latest_version(kVersionName);
  rulebook.set_latest_number(2);
  rulebook.mutable_unpublished_changes()->set_added(1);
  int number = 0;
  for (const auto& rule : library.FindRuleList("six-rules")->rules()) {
    auto& section = *rulebook.add_sections();
    section.set_number(++number);
    section.set_title(rule.title().ja());
    for (int i = 0; i < 1 + number % 3; ++i) {
      auto& entry = *section.add_entries();
      entry.set_text(absl::StrCat(
          "会社のパソコンは、毎週月曜の朝に更新の有無を確かめ、その日のうちに済ませる。"
          "済ませたら共有の表に名前と日付を書く（",
          i + 1, "）。"));
      entry.set_short_text("更新は月曜の朝に済ませる。");
      *entry.mutable_effective_date() = Day(2026, 8, 1);
    }
  }
  auto& version =
      sources.Answer<dia::GetRulebookVersionRequest, dia::RulebookVersion>(kVersionName);
  version.set_name(kVersionName);
  version.set_number(2);
  version.set_approver_display_name("濵﨑 髙志");
  *version.mutable_effective_date() = Day(2026, 9, 1);
  *version.mutable_approve_date() = Day(2026, 8, 28);
  version.set_note("テレワークの人が増えたため、持ち出しのルールを足しました。");
  *version.mutable_sections() = rulebook.sections();
  auto& role =
      *sources
           .Answer<eng::ListRoleAssignmentsRequest, eng::ListRoleAssignmentsResponse>(kClientName)
           .add_role_assignments();
  role.set_role("INCIDENT_RESPONSE");
  role.set_member_display_name("𠮷田 髙子");
}

void PutQuote(FixedSources& sources) {
  auto& quote = sources.Answer<eng::GetQuoteRequest, eng::Quote>(kQuoteName);
  quote.set_number("2026-0012");
  *quote.mutable_issue_date() = Day(2026, 6, 1);
  *quote.mutable_valid_until() = Day(2026, 6, 30);
  quote.set_subject("SECURITY ACTION 一つ星の宣言に向けた支援");
  quote.set_headcount(28);
  quote.set_min_months(1);
  quote.set_max_months(3);
  for (const char* text : {"全員の研修と理解度テスト", "ルールの点検と社内ルールづくり",
                           "代表者への説明、誓約、自己宣言の準備"}) {
    quote.add_scope(text);
  }
  const auto line = [&](const char* label, int count, int price) {
    auto& added = *quote.add_lines();
    added.set_label(label);
    added.set_quantity(count);
    added.set_unit_price_yen(price);
    added.set_amount_yen(int64_t{count} * price);
    added.set_tax_percent(10);
  };
  line("一つ星の支援（28人まで）", 1, 130000);
  line("追加の研修（工場で夜勤の方に向けて別の日に行うもの）", 2, 12500);
  line("値引き", 1, -5000);
  quote.set_price_yen(150000);
  quote.set_tax_yen(15000);
  quote.set_total_yen(165000);
  auto& tax = *quote.add_taxes();
  tax.set_percent(10);
  tax.set_taxable_yen(150000);
  tax.set_tax_yen(15000);
  auto& issuer = *quote.mutable_issuer();
  issuer.set_name("なにわセキュリティ支援協議会");
  issuer.set_postal_code("530-0001");
  issuer.set_address("大阪府大阪市北区梅田1丁目1番1号");
  issuer.set_phone("06-0000-0000");
  issuer.set_person("山田 花子");
  quote.mutable_recipient()->set_name("株式会社濵﨑髙製作所");
  quote.mutable_recipient()->set_representative_title("代表取締役");
  quote.mutable_recipient()->set_representative_name("濵﨑 髙志");
  quote.set_tax_note("発行者は適格請求書発行事業者ではありません。");
  quote.set_remarks("交通費は含みます。\n支払いは支援の完了後にお願いします。");
}

void PutVisit(FixedSources& sources) {
  auto& visit = sources.Answer<eng::GetVisitRequest, eng::Visit>(kVisitName);
  visit.set_name(kVisitName);
  visit.set_title("ルールの点検と対策の相談");
  visit.set_number(2);
  visit.set_state(eng::Visit::STATE_HELD);
  visit.set_means(eng::Visit::MEANS_ONSITE);
  visit.set_place("本社2階 会議室");
  *visit.mutable_start_time() = At(absl::CivilMinute(2026, 8, 5, 13, 30));
  *visit.mutable_end_time() = At(absl::CivilMinute(2026, 8, 5, 15, 10));
  visit.add_agenda("前回の宿題の確認");
  visit.add_agenda("点検の結果と対策");
  const auto person = [&](const char* name, const char* position, eng::Side side) {
    auto& added = *visit.add_participants();
    added.set_display_name(name);
    added.set_position(position);
    added.set_side(side);
  };
  person("濵﨑 髙志", "代表取締役", eng::SIDE_CLIENT);
  person("𠮷田 髙子", "総務部長", eng::SIDE_CLIENT);
  person("山田 花子", "", eng::SIDE_CONSULTANT);
  visit.set_minutes(
      "事務所と工場を回り、パソコン14台の更新の状態を確かめた。\n\n- 事務所の10台は最新だった。"
      "\n- 工場の4台は半年ほど更新されていない。生産の合間に止められる時間がないため。");
  auto& decision = *visit.add_decisions();
  decision.set_text("工場の4台は毎月第1月曜の始業前に更新する。");
  decision.set_person("濵﨑 髙志");
  auto& homework = *visit.add_homework();
  homework.set_title("更新の当番表をつくり、工場の掲示板に貼る。");
  homework.set_side(eng::SIDE_CLIENT);
  homework.set_owner_display_name("𠮷田 髙子");
  *homework.mutable_due_date() = Day(2026, 8, 19);
  *visit.mutable_next_visit_date() = Day(2026, 8, 20);
}

void PutSession(FixedSources& sources) {
  auto& course = sources.Answer<trn::GetCourseRequest, trn::Course>(kCourseName);
  course.set_display_name("情報セキュリティ6か条 全員研修");
  auto& session = sources.Answer<trn::GetSessionRequest, trn::Session>(kSessionName);
  session.set_name(kSessionName);
  session.add_engagements(kEngagementName);
  session.set_course(kCourseName);
  *session.mutable_start_time() = At(absl::CivilMinute(2026, 8, 20, 14, 0));
  *session.mutable_end_time() = At(absl::CivilMinute(2026, 8, 20, 15, 30));
  session.set_place("本社2階 会議室");
}

void PutPaperTest(FixedSources& sources) {
  auto& test = sources.Answer<trn::GetPaperTestRequest, trn::PaperTest>(kPaperTestName);
  test.set_name(kPaperTestName);
  test.set_course(kCourseName);
  test.set_kind(trn::Attempt::KIND_AFTER);
  test.set_pass_percent(80);
  for (const char* code : {"A", "B"}) {
    auto& variant = *test.add_variants();
    variant.set_code(code);
    for (int number = 1; number <= 12; ++number) {
      auto& question = *variant.add_questions();
      question.set_text(absl::StrCat("席を離れるとき、", number, "番目にすることはどれですか。"));
      for (const char* choice :
           {"画面を閉じて、紙をしまう", "何もしない", "電気だけ消す", "声をかける"}) {
        question.add_choices(choice);
      }
    }
  }
}

void PutCertificates(int people, FixedSources& sources) {
  auto& list = sources.Answer<trn::ListCompletionCertificatesRequest,
                              trn::ListCompletionCertificatesResponse>(kEngagementName);
  for (int number = 1; number <= people; ++number) {
    auto& certificate = *list.add_completion_certificates();
    certificate.set_member(MemberName(number));
    certificate.set_display_name(PersonName(number));
    certificate.set_number(absl::StrFormat("2026-%04d", number));
    certificate.set_company_display_name("株式会社濵﨑髙製作所");
    certificate.set_course_title("情報セキュリティ6か条 全員研修");
    certificate.set_edition("ガイドライン第4.0版");
    certificate.set_score_band_title("よく理解できている");
    certificate.set_issuer("なにわセキュリティ支援協議会");
    *certificate.mutable_attend_date() = Day(2026, 8, 20);
    *certificate.mutable_test_date() = Day(2026, 8, 27);
    *certificate.mutable_complete_date() = Day(2026, 8, 27);
    *certificate.mutable_issue_date() = Day(2026, 9, 1);
    certificate.set_state(number == 3 ? trn::CompletionCertificate::STATE_REVOKED
                                      : trn::CompletionCertificate::STATE_ISSUED);
  }
}

void PutTrainingReport(const content::Library& library, int people, FixedSources& sources) {
  auto& report = sources.Answer<trn::GetTrainingReportRequest, trn::TrainingReport>(
      kEngagementName + "/trainingReport");
  report.mutable_coverage()->set_counted_count(people);
  report.mutable_coverage()->set_completed_count(people - 1);
  const bool few = people < 5;
  report.mutable_effect()->set_before_count(people);
  report.mutable_effect()->set_after_count(people - 1);
  report.mutable_effect()->set_hidden(few);
  if (few) return;
  report.mutable_effect()->set_before_percent(52.44);
  report.mutable_effect()->set_after_percent(88);
  report.mutable_effect()->set_gain_points(35.6);
  for (const auto& rule : library.FindRuleList("six-rules")->rules()) {
    auto& topic = *report.add_topics();
    topic.set_title(rule.title().ja());
    topic.mutable_effect()->set_before_percent(40 + 3 * report.topics_size());
    topic.mutable_effect()->set_after_percent(96 - 2 * report.topics_size());
  }
}

void PutChecks(const content::Library& library, FixedSources& sources) {
  auto& list =
      sources.Answer<dia::ListDiagnosesRequest, dia::ListDiagnosesResponse>(kEngagementName);
  for (int i = 1; i <= 2; ++i) {
    auto& diagnosis = *list.add_diagnoses();
    diagnosis.set_name(absl::StrCat(kEngagementName, "/diagnoses/", i));
    diagnosis.set_kind(content::v1::QUESTIONNAIRE_KIND_RULE_CHECK);
    diagnosis.set_state(dia::Diagnosis::STATE_CONCLUDED);
  }
  auto& measures = sources.Answer<dia::ListMeasuresRequest, dia::ListMeasuresResponse>(kClientName);
  for (int i = 0; i < 5; ++i) {
    auto& measure = *measures.add_measures();
    measure.set_diagnosis(list.diagnoses(0).name());
    measure.set_state(i < 3 ? dia::Measure::STATE_VERIFIED : dia::Measure::STATE_PROPOSED);
  }
  auto& comparison = sources.Answer<dia::CompareDiagnosesRequest, dia::DiagnosisComparison>(
      list.diagnoses(1).name());
  comparison.mutable_total()->set_gaps_before(12);
  comparison.mutable_total()->set_closed(9);
  comparison.mutable_total()->set_gaps_after(4);
  for (const auto& rule : library.FindRuleList("six-rules")->rules()) {
    auto& counts = *comparison.add_rules();
    counts.set_rule_title(rule.title().ja());
    counts.mutable_counts()->set_gaps_before(2);
    counts.mutable_counts()->set_closed(comparison.rules_size() % 3);
  }
}

}  // namespace

std::string MemberName(int number) {
  return absl::StrFormat("%s/members/0190a000-0000-7000-8000-%012d", kClientName, number);
}

std::string PledgeName(int number) {
  const std::string member = MemberName(number);
  return kCampaignName + "/pledges" + member.substr(member.rfind('/'));
}

engagement::v1::Client& TestClient(FixedSources& sources) {
  return sources.Answer<eng::GetClientRequest, eng::Client>(kClientName);
}

declaration::v1::Campaign& TestCampaign(FixedSources& sources) {
  return sources.Answer<dcl::GetCampaignRequest, dcl::Campaign>(kCampaignName);
}

declaration::v1::Declaration& TestDeclaration(FixedSources& sources) {
  return sources.Answer<dcl::GetDeclarationRequest, dcl::Declaration>(kDeclarationName);
}

void PutCompany(int people, FixedSources& sources) {
  const auto library = content::Library::Load();
  ASSERT_TRUE(library.ok()) << library.status();
  PutParties(sources);
  PutPeople(people, sources);
  PutCampaign(**library, people, sources);
  PutDeclaration(**library, sources);
  PutRulebook(**library, sources);
  PutSession(sources);
  PutQuote(sources);
  PutVisit(sources);
  PutPaperTest(sources);
  PutCertificates(people, sources);
  PutTrainingReport(**library, people, sources);
  PutChecks(**library, sources);
}

}  // namespace staraction::document
