#include <algorithm>
#include <fstream>
#include <ostream>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/date.h"
#include "common/config/parse.h"
#include "google/api/httpbody.pb.h"
#include "staraction/document/v1/document_service.grpc.pb.h"
#include "staraction/engagement/v1/client_service.grpc.pb.h"
#include "staraction/engagement/v1/engagement_service.grpc.pb.h"
#include "tools/staractl/client.h"
#include "tools/staractl/commands.h"
#include "tools/staractl/text_table.h"

namespace staraction::ctl {
namespace {

namespace v1 = engagement::v1;

constexpr size_t kMaxFileBytes = 16 * 1024 * 1024;

std::string Date(const google::type::Date& date) {
  const auto day = FromProtoDate(date);
  return day ? FormatIsoDate(*day) : "";
}

// "ACTIVE" of STATE_ACTIVE.
template <typename Enum>
std::string StateWord(Enum state, const std::string& (*name)(Enum)) {
  const std::string& full = name(state);
  return full.substr(full.find('_') + 1);
}

absl::Status PrintJson(const google::protobuf::Message& reply, std::ostream& out) {
  SA_ASSIGN_OR_RETURN(const std::string json, ToJson(reply));
  out << json;
  return absl::OkStatus();
}

// All pages in one reply.
absl::StatusOr<v1::ListEngagementsResponse> AllEngagements(const Arguments& arguments) {
  v1::ListEngagementsResponse all;
  v1::ListEngagementsRequest request;
  request.set_page_size(1000);
  do {
    SA_ASSIGN_OR_RETURN(const Call call, UserCall(arguments));
    SA_ASSIGN_OR_RETURN(
        v1::ListEngagementsResponse page,
        CallEngagement<v1::EngagementService>(
            arguments, call, &v1::EngagementService::Stub::ListEngagements, request));
    all.mutable_engagements()->MergeFrom(page.engagements());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return all;
}

absl::Status Portfolio(const Arguments& arguments, std::ostream& out) {
  SA_ASSIGN_OR_RETURN(const v1::ListEngagementsResponse all, AllEngagements(arguments));
  if (arguments.Has("json")) return PrintJson(all, out);
  std::vector<std::vector<std::string>> rows = {
      {"会社", "★", "状態", "要件", "成果", "期限", "次にすること", "名前"}};
  for (const v1::Engagement& engagement : all.engagements()) {
    const v1::ReadinessSummary& readiness = engagement.readiness();
    rows.push_back({engagement.client_display_name(), absl::StrCat(engagement.star()),
                    StateWord(engagement.state(), v1::Engagement_State_Name),
                    absl::StrCat(readiness.official_met(), "/", readiness.official_total()),
                    absl::StrCat(readiness.deliverable_met(), "/", readiness.deliverable_total()),
                    Date(engagement.due_date()), readiness.next_step(), engagement.name()});
  }
  out << TextTable(rows);
  return absl::OkStatus();
}

const char* Mark(v1::CriterionState::Verdict verdict) {
  switch (verdict) {
    case v1::CriterionState::VERDICT_MET:
      return "済";
    case v1::CriterionState::VERDICT_UNMET:
      return "未";
    default:
      return "不明";
  }
}

absl::Status Readiness(const Arguments& arguments, std::ostream& out) {
  SA_ASSIGN_OR_RETURN(const Call call, UserCall(arguments));
  v1::RefreshReadinessRequest request;
  request.set_name(arguments.positional(0) + "/readiness");
  SA_ASSIGN_OR_RETURN(
      const v1::Readiness readiness,
      CallEngagement<v1::EngagementService>(
          arguments, call, &v1::EngagementService::Stub::RefreshReadiness, request));
  if (arguments.Has("json")) return PrintJson(readiness, out);
  std::vector<std::vector<std::string>> rows = {{"", "区分", "項目", "現在", "必要", "担当"}};
  for (const v1::CriterionState& criterion : readiness.criteria()) {
    rows.push_back({Mark(criterion.verdict()), criterion.official() ? "要件" : "成果",
                    criterion.title(), criterion.actual(), criterion.wanted(),
                    criterion.side() == v1::SIDE_CLIENT ? "お客様" : "コンサルタント"});
  }
  out << TextTable(rows);
  for (const auto& source : readiness.sources()) {
    if (source.silent()) out << source.service() << ": 応答がないため不明です\n";
  }
  return absl::OkStatus();
}

absl::Status ImportMembers(const Arguments& arguments, std::ostream& out) {
  SA_ASSIGN_OR_RETURN(const Call call, UserCall(arguments));
  v1::ImportMembersRequest request;
  request.set_parent(arguments.Get("client"));
  request.set_validate_only(arguments.Has("dry-run"));
  SA_ASSIGN_OR_RETURN(*request.mutable_content(),
                      ReadFileToString(arguments.positional(0), kMaxFileBytes));
  SA_ASSIGN_OR_RETURN(const v1::ImportMembersResponse reply,
                      CallEngagement<v1::ClientService>(
                          arguments, call, &v1::ClientService::Stub::ImportMembers, request));
  if (arguments.Has("json")) return PrintJson(reply, out);
  out << (request.validate_only() ? "確認のみ（保存していません）。" : "") << "文字コード "
      << reply.encoding() << "、追加 " << reply.created_count() << "人、更新 "
      << reply.updated_count() << "人、変更なし " << reply.unchanged_count() << "人\n";
  if (reply.missing_staff_numbers_size() > 0) {
    out << "ファイルにない社員番号（そのまま残しました）: "
        << absl::StrJoin(reply.missing_staff_numbers(), " ") << "\n";
  }
  return absl::OkStatus();
}

// Writes a document's latest revision (or the revision that was named) as PDF.
absl::Status Render(const Arguments& arguments, std::ostream& out) {
  namespace document = document::v1;
  SA_ASSIGN_OR_RETURN(const Call call, UserCall(arguments));
  std::string revision = arguments.positional(0);
  if (!absl::StrContains(revision, "/revisions/")) {
    document::GetDocumentRequest get;
    get.set_name(revision);
    SA_ASSIGN_OR_RETURN(
        const document::Document found,
        CallService<document::DocumentService>(arguments, "document", call,
                                               &document::DocumentService::Stub::GetDocument, get));
    revision = found.latest_revision();
  }
  document::RenderRevisionRequest request;
  request.set_name(revision);
  request.set_member(arguments.Get("member"));
  SA_ASSIGN_OR_RETURN(
      const google::api::HttpBody body,
      CallService<document::DocumentService>(
          arguments, "document", call, &document::DocumentService::Stub::RenderRevision, request));
  const std::string path = arguments.Get("out");
  std::ofstream file(path, std::ios::binary);
  file << body.data();
  if (!file.flush()) return absl::UnavailableError(absl::StrCat("cannot write ", path));
  if (arguments.Has("json")) {
    google::api::HttpBody told;
    told.set_content_type(body.content_type());
    return PrintJson(told, out);
  }
  out << path << ": " << body.content_type() << "、" << body.data().size() << "バイト\n";
  return absl::OkStatus();
}

}  // namespace

std::vector<Command> ConsultantCommands() {
  return {
      {"portfolio", {}, WithCallOptions({}), "Lists the engagements that you may see.", Portfolio},
      {"readiness",
       {"engagements/…"},
       WithCallOptions({}),
       "Collects the facts anew and says what is still missing, and whose move it is.",
       Readiness},
      {"import members",
       {"FILE"},
       WithCallOptions({{"client", "clients/…", "whose roster it is", true},
                        {"dry-run", "", "check the file, keep nothing"}}),
       "Reads a staff list: CSV in UTF-8 or CP932, columns in any order.\n"
       "Known staff numbers are updated, new ones added, others left alone. All rows or none.",
       ImportMembers},
      {"render",
       {"clients/…/documents/…"},
       WithCallOptions(
           {{"out", "FILE", "where the PDF goes", true},
            {"member", "clients/…/members/…", "for pledge sheets: whose sheet; else a blank one"},
            {"document", "ADDRESS", "gRPC address of the document service", false,
             "127.0.0.1:7106"}}),
       "Writes a document as PDF: its latest revision, or the revision that is named.",
       Render},
  };
}

}  // namespace staraction::ctl
