// Reading staff lists and comparing them with the roster; kinds of client and their GビズID.

#include "services/engagement/domain/roster.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/content/library.h"
#include "common/status/errors.h"
#include "common/testing/status_matchers.h"
#include "services/engagement/domain/client_rules.h"

namespace staraction::engagement::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const content::Library& Library() {
  static const auto* library = content::Library::Load()->release();
  return *library;
}

constexpr absl::CivilDay kToday(2026, 11, 1);

absl::StatusOr<RosterFile> Read(const std::string& content) {
  v1::Site office;
  office.set_name("clients/c/sites/s");
  office.set_display_name("本社");
  return ReadRoster(content, {WordsOf(*Library().FindCodeList("employment-statuses")),
                              WordsOf(*Library().FindCodeList("employment-types")),
                              "山吹 真理",
                              {office},
                              kToday});
}

TEST(RosterTest, ReadsColumnsInAnyOrderAndEraDates) {
  const auto roster = Read(
      "氏名,フリガナ,役職,社員番号,メールアドレス,入社日,退職日,在籍区分,部署\r\n"
      "山吹　真理,ﾔﾏﾌﾞｷ ﾏﾘ,代表,１,yamabuki@example.jp,令和3年4月1日,,在籍,\r\n"
      "西 彩,,アルバイト,3,,2026.5.11,,休業中,\r\n");
  ASSERT_OK(roster);
  ASSERT_EQ(roster->rows.size(), 2u);
  const v1::Member& first = roster->rows[0].member;
  EXPECT_EQ(first.staff_number(), "1");
  EXPECT_EQ(first.display_name(), "山吹　真理");  // the very characters, full-width space included
  EXPECT_EQ(first.kana(), "ヤマブキ マリ");
  EXPECT_EQ(first.hire_date().year(), 2021);
  EXPECT_TRUE(first.president());
  EXPECT_EQ(first.employment_type(), v1::EMPLOYMENT_TYPE_OFFICER);
  const v1::Member& second = roster->rows[1].member;
  EXPECT_EQ(second.status(), v1::MEMBER_STATUS_ON_LEAVE);
  EXPECT_EQ(second.employment_type(), v1::EMPLOYMENT_TYPE_PART_TIME);
  EXPECT_FALSE(second.president());
}

TEST(RosterTest, KnowsEmploymentSitesAndCustomers) {
  const auto roster = Read(
      "社員番号,氏名,雇用形態,役職,拠点,常駐先,退職日,在籍区分\n"
      "1,北浜 由美子,,取締役総務部長,本社,,,\n"
      "2,岡田 浩二,派遣,課長,,〇〇商事,,在籍\n"
      "3,辻 隆,嘱託,,別館,,2026-10-31,\n"
      "4,森 健一,,課長,,,2026-10-31,在籍\n"
      "5,森 健一,,,,,,退職\n");
  ASSERT_OK(roster);
  const auto& rows = roster->rows;
  EXPECT_EQ(rows[0].member.employment_type(), v1::EMPLOYMENT_TYPE_OFFICER);
  EXPECT_EQ(rows[0].member.site(), "clients/c/sites/s");
  EXPECT_EQ(rows[1].member.employment_type(), v1::EMPLOYMENT_TYPE_DISPATCHED);
  EXPECT_TRUE(rows[1].member.off_site());
  EXPECT_EQ(rows[2].member.employment_type(), v1::EMPLOYMENT_TYPE_CONTRACT);
  EXPECT_EQ(rows[2].member.status(), v1::MEMBER_STATUS_LEFT);
  EXPECT_FALSE(rows[2].fields.contains("site"));
  EXPECT_FALSE(rows[3].fields.contains("employment_type"));
  std::vector<std::string> notes;
  for (const auto& note : roster->notes) {
    notes.push_back(absl::StrCat(note.line(), note.column()));
  }
  EXPECT_THAT(notes, ElementsAre("4拠点", "5退職日", "6在籍区分", "6氏名"));
}

TEST(RosterTest, OfTwoWithThePresidentsNameTheOfficerIsIt) {
  const auto one = Read("社員番号,氏名,役職\n1,山吹 真理,代表\n2,山吹 真理,\n");
  ASSERT_OK(one);
  EXPECT_TRUE(one->rows[0].member.president());
  EXPECT_FALSE(one->rows[1].member.president());
  const auto none = Read("社員番号,氏名\n1,山吹 真理\n2,山吹 真理\n");
  ASSERT_OK(none);
  EXPECT_FALSE(none->rows[0].member.president() || none->rows[1].member.president());
}

TEST(RosterTest, TellsEveryFaultByLineAndColumn) {
  const struct {
    const char* rows;
    const char* field;
  } cases[] = {
      {"1,山﨑 健一,2020/13/40,,,\n", "content[2].入社日"},
      {"1,山﨑 健一,,,,\n1,髙橋 直美,,,,\n", "content[3].社員番号"},
      {",山﨑 健一,,,,\n", "content[2].社員番号"},
      {"1,,,,,\n", "content[2].氏名"},
      {"1,山﨑 健一,2020/4/1,2019/4/1,,\n", "content[2].退職日"},
      {"1,山﨑 健一,,,たぶん,\n", "content[2].在籍区分"},
      {"1,山﨑 健一,,,,mail at home\n", "content[2].メールアドレス"},
  };
  for (const auto& c : cases) {
    const auto roster =
        Read(absl::StrCat("社員番号,氏名,入社日,退職日,在籍区分,メールアドレス\n", c.rows));
    ASSERT_FALSE(roster.ok()) << c.rows;
    const auto bad = GetDetail<google::rpc::BadRequest>(roster.status());
    ASSERT_TRUE(bad.has_value()) << roster.status();
    EXPECT_EQ(bad->field_violations(0).field(), c.field) << c.rows;
  }
  EXPECT_THAT(Read("氏名,部署\n山﨑 健一,製造部\n"),
              test::StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("社員番号")));
}

v1::Member Stored(const std::string& number, const std::string& department) {
  v1::Member member;
  member.set_name("clients/c/members/" + number);
  member.set_etag("\"x\"");
  member.set_staff_number(number);
  member.set_display_name("森 健一");
  member.set_department(department);
  member.set_email("mori@example.co.jp");
  member.set_status(v1::MEMBER_STATUS_ACTIVE);
  *member.mutable_hire_date() = ToProtoDate(absl::CivilDay(2005, 4, 1));
  return member;
}

TEST(RosterTest, ComparesByStaffNumberAndLeavesTheRestAlone) {
  const std::vector<v1::Member> present = {Stored("1", "製造部"), Stored("2", "製造部"),
                                           Stored("3", "製造部")};
  const auto file = Read("社員番号,氏名,部署\n1,森 健一,製造部\n2,森 健一,営業部\n4,林 千尋,\n");
  ASSERT_OK(file);
  const RosterChange change = CompareRoster(present, file->rows, kToday);
  EXPECT_EQ(change.unchanged, 1);
  ASSERT_EQ(change.updated.size(), 1u);
  EXPECT_EQ(change.updated[0].name(), "clients/c/members/2");
  EXPECT_EQ(change.updated[0].email(), "mori@example.co.jp");
  ASSERT_EQ(change.created.size(), 1u);
  EXPECT_EQ(change.created[0].staff_number(), "4");
  EXPECT_THAT(change.missing, ElementsAre("3"));
  ASSERT_EQ(change.changes.size(), 2u);
  const v1::MemberChange& update = change.changes[0];
  EXPECT_EQ(update.line(), 3);
  EXPECT_EQ(update.kind(), v1::MemberChange::KIND_UPDATED);
  ASSERT_EQ(update.fields_size(), 1);
  EXPECT_EQ(absl::StrCat(update.fields(0).field(), " ", update.fields(0).from(), " ",
                         update.fields(0).to()),
            "department 製造部 営業部");
  EXPECT_EQ(change.changes[1].kind(), v1::MemberChange::KIND_CREATED);
}

TEST(RosterTest, ALaterHireDateAfterLeavingIsASecondEmployment) {
  v1::Member gone = Stored("1", "製造部");
  gone.set_status(v1::MEMBER_STATUS_LEFT);
  *gone.mutable_leave_date() = ToProtoDate(absl::CivilDay(2015, 3, 31));
  const auto file = Read("社員番号,氏名,入社日,退職日,在籍区分\n1,森 健一,R8.4.1,,在籍\n");
  ASSERT_OK(file);
  const RosterChange change = CompareRoster({gone}, file->rows, kToday);
  ASSERT_EQ(change.updated.size(), 1u);
  EXPECT_EQ(change.changes[0].kind(), v1::MemberChange::KIND_REHIRED);
  const v1::Member& back = change.updated[0];
  EXPECT_EQ(back.past_periods_size(), 1);
  EXPECT_EQ(FromProtoDate(back.past_periods(0).end_date()), absl::CivilDay(2015, 3, 31));
  EXPECT_FALSE(back.has_leave_date());
  const RosterChange again = CompareRoster(change.updated, file->rows, kToday);
  EXPECT_EQ(again.unchanged, 1);
}

struct KindCase {
  const char* name;
  void (*change)(v1::Client&);
  std::vector<std::string> fields;  // that are complained about
};

TEST(ClientKindTest, EachKindHasItsOwnRules) {
  const KindCase cases[] = {
      {"company", [](v1::Client&) {}, {}},
      {"company not eligible",
       [](v1::Client& c) { c.mutable_gbiz_id()->set_kind(v1::GbizId::KIND_NOT_ELIGIBLE); },
       {"client.gbiz_id.kind"}},
      {"organisation not eligible",
       [](v1::Client& c) {
         c.set_kind(v1::CLIENT_KIND_ORGANISATION);
         c.mutable_gbiz_id()->set_kind(v1::GbizId::KIND_NOT_ELIGIBLE);
       },
       {}},
      {"proprietor",
       [](v1::Client& c) {
         c.set_kind(v1::CLIENT_KIND_SOLE_PROPRIETOR);
         c.set_trade_name("山吹デザイン事務所");
       },
       {}},
      {"proprietor with everything wrong",
       [](v1::Client& c) {
         c.set_kind(v1::CLIENT_KIND_SOLE_PROPRIETOR);
         c.set_corporate_number("6900000000011");
         c.set_capital_yen(1);
         c.clear_representative_name();
       },
       {"client.corporate_number", "client.capital_yen", "client.representative_name"}},
      {"entry is never ready",
       [](v1::Client& c) {
         c.mutable_gbiz_id()->set_kind(v1::GbizId::KIND_ENTRY);
         c.mutable_gbiz_id()->set_ready(true);
       },
       {"client.gbiz_id.ready"}},
      {"ends before it began",
       [](v1::Client& c) {
         c.mutable_gbiz_id()->set_kind(v1::GbizId::KIND_PRIME);
         *c.mutable_gbiz_id()->mutable_apply_date() = ToProtoDate(absl::CivilDay(2026, 5, 1));
         *c.mutable_gbiz_id()->mutable_expiry_date() = ToProtoDate(absl::CivilDay(2026, 4, 1));
       },
       {"client.gbiz_id.expiry_date"}},
      {"unknown practice",
       [](v1::Client& c) { c.add_practices("MAGIC"); },
       {"client.practices[0]"}},
      {"practice said twice",
       [](v1::Client& c) {
         c.add_practices("TELEWORK");
         c.add_practices("TELEWORK");
       },
       {"client.practices"}},
      {"known practices",
       [](v1::Client& c) {
         c.add_practices("TELEWORK");
         c.add_practices("CLOUD");
       },
       {}},
      {"unknown industry", [](v1::Client& c) { c.set_industry("MAGIC"); }, {"client.industry"}},
  };
  for (const KindCase& c : cases) {
    v1::Client client;
    client.set_kind(v1::CLIENT_KIND_COMPANY);
    client.set_representative_name("山吹 真理");
    c.change(client);
    const absl::Status status = CheckClient(client, Library());
    std::vector<std::string> fields;
    const auto bad = GetDetail<google::rpc::BadRequest>(status);
    for (int i = 0; bad && i < bad->field_violations_size(); ++i) {
      fields.push_back(bad->field_violations(i).field());
    }
    EXPECT_EQ(fields, c.fields) << c.name << ": " << status;
  }
}

TEST(ClientKindTest, TheGbizIdComesToSomethingOnEachDay) {
  using State = v1::ClientHome::GbizIdState;
  v1::Client client;
  EXPECT_EQ(GbizIdStateOn(client, kToday).kind(), State::KIND_UNKNOWN);
  v1::GbizId* gbiz = client.mutable_gbiz_id();
  gbiz->set_kind(v1::GbizId::KIND_PRIME);
  *gbiz->mutable_expected_date() = ToProtoDate(kToday + 20);
  EXPECT_EQ(GbizIdStateOn(client, kToday).kind(), State::KIND_WAITING);
  EXPECT_EQ(GbizIdStateOn(client, kToday).text(), "2026年11月21日ごろ使えるようになる見込みです");
  gbiz->set_ready(true);
  EXPECT_EQ(GbizIdStateOn(client, kToday).kind(), State::KIND_READY);
  *gbiz->mutable_expiry_date() = ToProtoDate(kToday + 60);
  EXPECT_EQ(GbizIdStateOn(client, kToday).kind(), State::KIND_ENDING);
  EXPECT_EQ(GbizIdStateOn(client, kToday - 1).kind(), State::KIND_READY);
  EXPECT_EQ(GbizIdStateOn(client, kToday + 61).kind(), State::KIND_ENDED);
  gbiz->set_kind(v1::GbizId::KIND_ENTRY);
  EXPECT_EQ(GbizIdStateOn(client, kToday).kind(), State::KIND_UNUSABLE);
  gbiz->set_kind(v1::GbizId::KIND_NOT_ELIGIBLE);
  EXPECT_EQ(GbizIdStateOn(client, kToday).kind(), State::KIND_NOT_ELIGIBLE);
}

}  // namespace
}  // namespace staraction::engagement::domain
