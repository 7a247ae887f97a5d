#include "services/document/test_company.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "absl/strings/str_format.h"
#include "absl/time/time.h"
#include "common/base/clock.h"
#include "common/base/date.h"
#include "common/content/library.h"
#include "services/document/test_parts.h"
#include "staraction/declaration/v1/publication_service.pb.h"
#include "staraction/engagement/v1/engagement_service.pb.h"
#include "staraction/engagement/v1/organization_service.pb.h"
#include "staraction/engagement/v1/roster_service.pb.h"

namespace staraction::document {
namespace {

namespace dcl = declaration::v1;
namespace eng = engagement::v1;

constexpr int kFirstLongName = 5;

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
  client.set_business("自動車と医療機器に使う精密切削部品の製造");
  client.set_employee_count(28);
  client.set_website("https://www.example.co.jp/");
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

void PutAnnouncementDrafts(FixedSources& sources) {
  auto& list =
      sources.Answer<dcl::ListAnnouncementDraftsRequest, dcl::ListAnnouncementDraftsResponse>(
          kDeclarationName);
  auto& news = *list.add_announcement_drafts();
  news.set_title("ホームページのお知らせ");
  news.set_body(
      "# SECURITY ACTIONの一つ星を宣言しました\n\n株式会社濵﨑髙製作所は、〔宣言した日〕、"
      "「SECURITY ACTION」の一つ星を宣言しました。\n\n次のことに取り組んでいます。\n\n"
      "- パソコンやスマートフォンを最新の状態にする\n- パスワードを長く、使い回さない\n\n"
      "自己宣言ID：〔自己宣言ID〕\n\n株式会社濵﨑髙製作所\n代表取締役　濵﨑 髙志");
  news.add_missing("declared_on");
  news.set_hint("ロゴマークは、色や形を変えずに使います。");
  auto& line = *list.add_announcement_drafts();
  line.set_title("メールの署名に添える一行");
  line.set_body("株式会社濵﨑髙製作所は「SECURITY ACTION」の一つ星を宣言しています");
}

}  // namespace

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
  PutOutstanding(people, sources);
  PutAnnouncementDrafts(sources);
  PutRulebook(**library, sources);
  PutYear(sources);
  PutSession(sources);
  PutQuote(sources);
  PutVisit(sources);
  PutPaperTest(sources);
  PutSelfDiagnosis(sources);
  PutLedger(40, sources);
  PutAnalysis(sources);
  PutCertificates(people, sources);
  PutTrainingReport(**library, people, sources);
  PutChecks(**library, sources);
}

}  // namespace staraction::document
