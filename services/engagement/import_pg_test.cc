// Staff lists as companies send them, and the roster of days past, through real gRPC over a real
// database.

#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/date.h"
#include "common/base/id.h"
#include "common/status/errors.h"
#include "services/engagement/testing/world.h"

namespace staraction::engagement {
namespace {

using absl::CivilDay;
using absl::StatusCode;
using test::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Clients = v1::ClientService::Stub;

std::string ReadFile(const std::string& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  EXPECT_FALSE(text.str().empty()) << path;
  return text.str();
}

class ImportTest : public ::testing::Test {
 protected:
  absl::StatusOr<v1::ImportMembersResponse> Import(const std::string& content,
                                                   bool validate_only = false) {
    v1::ImportMembersRequest request;
    request.set_parent(client_.name());
    request.set_content(content);
    request.set_validate_only(validate_only);
    return world_.Clients("consultant", &Clients::ImportMembers, request);
  }

  // What the dry run says is what the import does.
  v1::ImportMembersResponse ImportTwice(const std::string& content) {
    const auto dry = Import(content, true);
    const auto done = Import(content);
    EXPECT_OK(dry);
    EXPECT_OK(done);
    EXPECT_EQ(dry->DebugString(), done->DebugString());
    return *done;
  }

  std::vector<v1::Member> Members(const std::string& query = "",
                                  std::optional<CivilDay> day = std::nullopt) {
    v1::ListMembersRequest request;
    request.set_parent(client_.name());
    request.set_query(query);
    request.set_page_size(1000);
    if (day) *request.mutable_as_of() = ToProtoDate(*day);
    const auto list = world_.Clients("consultant", &Clients::ListMembers, request);
    EXPECT_OK(list);
    return {list->members().begin(), list->members().end()};
  }

  World world_;
  const v1::Client client_ = world_.CreateClient("consultant");
};

TEST_F(ImportTest, RepeatsToTheSameState) {
  const std::string content = ReadFile("tests/data/kitahama/roster.csv");
  const auto dry = Import(content, true);
  ASSERT_OK(dry);
  EXPECT_EQ(dry->created_count(), 28);
  EXPECT_TRUE(Members().empty());
  const v1::ImportMembersResponse first = ImportTwice(content);
  EXPECT_EQ(first.created_count(), 28);
  // Two of one name are no fault, but worth a look.
  ASSERT_EQ(first.notes_size(), 1);
  EXPECT_EQ(first.notes(0).line(), 15);
  EXPECT_EQ(first.notes(0).column(), "氏名");
  const v1::ImportMembersResponse again = ImportTwice(content);
  EXPECT_EQ(again.unchanged_count(), 28);
  EXPECT_EQ(again.changes_size(), 0);
  const v1::ImportMembersResponse cp932 =
      ImportTwice(ReadFile("tests/data/kitahama/roster_cp932.csv"));
  EXPECT_EQ(cp932.created_count(), 0);
  EXPECT_EQ(cp932.encoding(), "CP932");
  EXPECT_EQ(Members().size(), 28u);
}

TEST_F(ImportTest, FindsPartsOfNamesInWhateverSpelling) {
  ImportTwice(ReadFile("tests/data/kitahama/roster.csv"));
  const struct {
    const char* query;
    size_t found;
  } cases[] = {{"髙橋", 1}, {"高橋", 1},     {"山崎", 2},  {"吉田", 1},  {"𠮷田", 1},
               {"渡辺", 1}, {"やまざき", 2}, {"ﾔﾏｻﾞｷ", 2}, {"誠", 4},    {"00２", 10},
               {"辻", 1},   {"浜田", 1},     {"斉藤", 1},  {"いない", 0}};
  for (const auto& c : cases) EXPECT_EQ(Members(c.query).size(), c.found) << c.query;
  const auto president = Members("北浜 隆");
  ASSERT_EQ(president.size(), 1u);
  EXPECT_TRUE(president[0].president());
  EXPECT_EQ(president[0].employment_type(), v1::EMPLOYMENT_TYPE_OFFICER);
}

TEST_F(ImportTest, FaultyFilesAreRefusedWholeAndToldByRowAndColumn) {
  const auto answer = Import(
      "社員番号,氏名,入社日,在籍区分,雇用形態\n"
      "1,山﨑 健一,2020/13/40,在籍,正社員\n"
      "1,髙橋 直美,2020/4/1,在籍,\n"
      "3,,2020/4/1,たぶん,社長の友人\n");
  EXPECT_THAT(answer, StatusIs(StatusCode::kInvalidArgument));
  EXPECT_EQ(ReasonOf(answer.status()), error::v1::ERROR_REASON_FILE_REJECTED);
  const auto bad = GetDetail<google::rpc::BadRequest>(answer.status());
  ASSERT_TRUE(bad.has_value());
  std::map<std::string, std::string> told;
  for (const auto& violation : bad->field_violations()) {
    told[violation.field()] = violation.description();
  }
  for (const char* field : {"content[2].入社日", "content[3].社員番号", "content[4].氏名",
                            "content[4].在籍区分", "content[4].雇用形態"}) {
    EXPECT_TRUE(told.contains(field)) << field;
  }
  EXPECT_THAT(told["content[2].入社日"], HasSubstr("2020/13/40"));
  EXPECT_THAT(told["content[4].雇用形態"], HasSubstr("派遣社員"));
  EXPECT_TRUE(Members().empty());
}

TEST_F(ImportTest, WorseFilesAreRead) {
  // Full-width digits, eras, dots, columns in any order, no mail column, an empty row.
  const v1::ImportMembersResponse first = ImportTwice(
      "氏名,入社日,社員番号,在籍区分,退職日\r\n"
      "　山吹　真理　,令和３年４月１日,００１,在籍,\r\n"
      ",,,,\r\n"
      "西 彩,2026.5.11,００２,休業中,\r\n"
      "森 健一,H17.4.1,００３,,2026/3/31\r\n");
  EXPECT_EQ(first.created_count(), 3);
  EXPECT_EQ(Members("001")[0].display_name(), "山吹　真理");
  EXPECT_EQ(Members("002")[0].status(), v1::MEMBER_STATUS_ON_LEAVE);
  EXPECT_EQ(Members("003")[0].status(), v1::MEMBER_STATUS_LEFT);
  // Who and what a later file does not speak of stays.
  const v1::ImportMembersResponse later =
      ImportTwice("社員番号,氏名,メールアドレス\n001,山吹　真理,yamabuki@example.jp\n");
  EXPECT_EQ(later.updated_count(), 1);
  EXPECT_THAT(later.missing_staff_numbers(), ElementsAre("002", "003"));
  ASSERT_EQ(later.changes_size(), 1);
  ASSERT_EQ(later.changes(0).fields_size(), 1);
  EXPECT_EQ(later.changes(0).fields(0).to(), "yamabuki@example.jp");
  EXPECT_EQ(Members("001")[0].hire_date().year(), 2021);
  EXPECT_EQ(Members("002")[0].status(), v1::MEMBER_STATUS_ON_LEAVE);
}

TEST_F(ImportTest, DaysInThePastAreAnsweredForBothEmployments) {
  ImportTwice("社員番号,氏名,入社日,退職日,在籍区分\n1,森 健一,2005/4/1,2015/3/31,退職\n");
  const v1::ImportMembersResponse again =
      ImportTwice("社員番号,氏名,入社日,退職日,在籍区分\n1,森 健一,2026/4/1,,在籍\n");
  ASSERT_EQ(again.changes_size(), 1);
  EXPECT_EQ(again.changes(0).kind(), v1::MemberChange::KIND_REHIRED);
  const struct {
    CivilDay day;
    size_t found;
  } cases[] = {{CivilDay(2005, 3, 31), 0}, {CivilDay(2005, 4, 1), 1},  {CivilDay(2015, 3, 31), 1},
               {CivilDay(2015, 4, 1), 0},  {CivilDay(2026, 3, 31), 0}, {CivilDay(2026, 4, 1), 1}};
  for (const auto& c : cases) EXPECT_EQ(Members("", c.day).size(), c.found) << c.day;
  EXPECT_EQ(Members()[0].past_periods_size(), 1);
}

TEST_F(ImportTest, UpdatesKeepHistoryAndRefuseImpossibleDates) {
  v1::Member member = world_.AddMember(client_, "1", "中村 彩", false);
  v1::UpdateMemberRequest update;
  *update.mutable_member() = member;
  update.mutable_member()->set_status(v1::MEMBER_STATUS_ON_LEAVE);
  *update.mutable_member()->mutable_status_date() = ToProtoDate(CivilDay(2026, 1, 10));
  const auto away = world_.Clients("consultant", &Clients::UpdateMember, update);
  ASSERT_OK(away);
  EXPECT_EQ(FromProtoDate(away->status_date()), CivilDay(2026, 1, 10));
  *update.mutable_member() = *away;
  update.mutable_member()->set_status(v1::MEMBER_STATUS_ACTIVE);
  const auto back = world_.Clients("consultant", &Clients::UpdateMember, update);
  ASSERT_OK(back);
  ASSERT_EQ(back->past_periods_size(), 1);
  EXPECT_EQ(back->past_periods(0).status(), v1::MEMBER_STATUS_ON_LEAVE);
  EXPECT_FALSE(back->has_status_date());
  *update.mutable_member() = *back;
  *update.mutable_member()->mutable_hire_date() = ToProtoDate(CivilDay(2026, 4, 1));
  *update.mutable_member()->mutable_leave_date() = ToProtoDate(CivilDay(2026, 3, 31));
  EXPECT_THAT(world_.Clients("consultant", &Clients::UpdateMember, update),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("member.leave_date")));
}

TEST_F(ImportTest, OnlyThoseWhoMayEditImport) {
  v1::ImportMembersRequest request;
  request.set_parent(client_.name());
  request.set_content("社員番号,氏名\n1,森 健一\n");
  request.set_request_id(NewUuid4());
  EXPECT_THAT(world_.Clients("other-consultant", &Clients::ImportMembers, request),
              StatusIs(StatusCode::kPermissionDenied));
  const auto first = world_.Clients("consultant", &Clients::ImportMembers, request);
  ASSERT_OK(first);
  const auto repeated = world_.Clients("consultant", &Clients::ImportMembers, request);
  ASSERT_OK(repeated);
  EXPECT_EQ(repeated->created_count(), 1);
  EXPECT_EQ(Members().size(), 1u);
}

}  // namespace
}  // namespace staraction::engagement
