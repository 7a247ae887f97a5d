#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include "absl/strings/str_format.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/pg/field_value.h"
#include "common/status/errors.h"
#include "services/document/document_service.h"
#include "services/document/domain/kinds.h"
#include "services/document/render.h"
#include "services/document/store/documents.h"
#include "services/document/store/revisions.h"
#include "services/document/store/tables.h"

namespace staraction::document {

using pg::Transaction;

struct DocumentService::Stored {
  v1::Document document;
  v1::Revision revision;
  RenderingKey key;
  std::optional<v1::Rendering> rendering;
  std::string bytes;
};

namespace {

constexpr size_t kMaxSheets = 1000;

v1::Rendering NewRendering(const Call& call, const v1::RenderRevisionRequest& request,
                           v1::Revision::State state, const File& file) {
  v1::Rendering rendering;
  rendering.set_name(request.name() + "/renderings/" + NewId(call.now));
  rendering.set_member(request.member());
  rendering.set_media_type(MediaTypeOf(request.format()));
  rendering.set_state(state);
  rendering.set_page_count(file.page_count);
  for (const char32_t point : file.missing_glyphs) {
    rendering.add_missing_glyphs(absl::StrFormat("U+%04X", static_cast<uint32_t>(point)));
  }
  rendering.set_creator(call.Actor());
  return rendering;
}

// Leaves the sheets of those members, in their order; all if none is named.
absl::Status Choose(const google::protobuf::RepeatedPtrField<std::string>& members,
                    std::vector<MemberSheet>& sheets) {
  if (!members.empty()) {
    std::vector<MemberSheet> chosen;
    for (const std::string& member : members) {
      const auto found = std::find_if(sheets.begin(), sheets.end(), [&](const MemberSheet& each) {
        return each.member == member;
      });
      if (found == sheets.end()) {
        return InvalidField("members", absl::StrCat("'", member, "' has no sheet of this document"),
                            absl::StrCat("「", member, "」にはこの書類がありません"));
      }
      chosen.push_back(*found);
    }
    sheets = std::move(chosen);
  }
  if (!sheets.empty() && sheets.size() <= kMaxSheets) return absl::OkStatus();
  return InvalidField(
      "members", absl::StrCat(sheets.size(), " sheets came; wanted 1 to ", kMaxSheets),
      absl::StrCat("対象は", sheets.size(), "人です。1〜", kMaxSheets, "人にしてください"));
}

google::api::HttpBody Body(std::string bytes, const char* media_type) {
  google::api::HttpBody body;
  body.set_content_type(media_type);
  body.set_data(std::move(bytes));
  return body;
}

}  // namespace

absl::StatusOr<std::vector<MemberSheet>> DocumentService::ReadMemberSheet(
    const Call& call, const v1::Document& document, const std::string& member) {
  const domain::Kind* kind = domain::FindKind(document.kind());
  if (!member.empty()) return generator_.Sheets(call, document, member);
  if (kind != nullptr && kind->sheets == domain::MemberSheets::kOnly) {
    return InvalidField("member", "is required: this kind has no blank sheet",
                        "対象の方を指定してください。この書類は個人ごとに作ります");
  }
  return std::vector<MemberSheet>(1);
}

absl::StatusOr<DocumentService::Stored> DocumentService::ReadStored(const Call& call,
                                                                    const std::string& revision,
                                                                    const std::string& member,
                                                                    const std::string& media_type) {
  return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<Stored> {
    Stored stored;
    SA_ASSIGN_OR_RETURN(stored.revision, kRevisions.Get(tx, revision));
    SA_ASSIGN_OR_RETURN(stored.document, kDocuments.Get(tx, DocumentOf(revision)));
    stored.key = {revision, member, media_type, stored.revision.state()};
    SA_ASSIGN_OR_RETURN(stored.rendering, FindRendering(tx, stored.key));
    if (stored.rendering) {
      SA_ASSIGN_OR_RETURN(stored.bytes, ReadBytes(tx, *stored.rendering));
    }
    return stored;
  });
}

absl::StatusOr<google::api::HttpBody> DocumentService::Render(
    const Call& call, const v1::RenderRevisionRequest& request) {
  const char* media_type = MediaTypeOf(request.format());
  SA_ASSIGN_OR_RETURN(Stored seen, ReadStored(call, request.name(), request.member(), media_type));
  v1::Rendering made;
  if (!seen.rendering) {
    SA_ASSIGN_OR_RETURN(const auto sheets, ReadMemberSheet(call, seen.document, request.member()));
    SA_ASSIGN_OR_RETURN(File file, MakeFile(seen.revision, sheets, request.format(), fonts_));
    made = NewRendering(call, request, seen.key.state, file);
    seen.bytes = std::move(file.bytes);
  }
  // Written each time: the audit trail tells who took the file. The bytes are those of whoever
  // came first.
  SA_ASSIGN_OR_RETURN(
      const v1::Rendering rendering,
      pool_.Write(call, request, [&](Transaction& tx) -> absl::StatusOr<v1::Rendering> {
        SA_RETURN_IF_ERROR(kDocuments.Lock(tx, seen.document.name()).status());
        SA_ASSIGN_OR_RETURN(const auto stored, FindRendering(tx, seen.key));
        if (stored) return *stored;
        return StoreRendering(tx, made, seen.bytes);
      }));
  if (!seen.rendering && rendering.name() != made.name()) {
    SA_ASSIGN_OR_RETURN(
        seen.bytes, pool_.Read(call, [&](Transaction& tx) { return ReadBytes(tx, rendering); }));
  }
  return Body(std::move(seen.bytes), media_type);
}

absl::StatusOr<google::api::HttpBody> DocumentService::Batch(
    const Call& call, const v1::RenderBatchRequest& request) {
  SA_ASSIGN_OR_RETURN(const Stored seen,
                      ReadStored(call, request.name(), "", MediaTypeOf(v1::RENDER_FORMAT_PDF)));
  SA_ASSIGN_OR_RETURN(auto sheets, generator_.Sheets(call, seen.document, ""));
  SA_RETURN_IF_ERROR(Choose(request.members(), sheets));
  SA_ASSIGN_OR_RETURN(File pdf, MakeFile(seen.revision, sheets, v1::RENDER_FORMAT_PDF, fonts_));
  // Nothing is kept but who took it.
  SA_RETURN_IF_ERROR(pool_
                         .Write(call, request,
                                [&](Transaction& tx) -> absl::StatusOr<v1::Document> {
                                  return kDocuments.Get(tx, seen.document.name());
                                })
                         .status());
  return Body(std::move(pdf.bytes), MediaTypeOf(v1::RENDER_FORMAT_PDF));
}

absl::StatusOr<google::api::HttpBody> DocumentService::FromTemplate(
    const Call& call, const v1::RenderTemplateRequest& request) {
  const auto* from = templates_.Find(request.template_());
  if (from == nullptr) return NoTemplate("template");
  SA_ASSIGN_OR_RETURN(const Generated generated,
                      generator_.Generate(call, *from, request.subject(), Wishes()));
  SA_ASSIGN_OR_RETURN(File pdf, MakeFile(generated.revision, std::vector<MemberSheet>(1),
                                         v1::RENDER_FORMAT_PDF, fonts_));
  SA_RETURN_IF_ERROR(
      pool_
          .Write(call, request,
                 [&](Transaction&) -> absl::StatusOr<v1::Template> { return ToMessage(*from); })
          .status());
  return Body(std::move(pdf.bytes), MediaTypeOf(v1::RENDER_FORMAT_PDF));
}

DocumentService::Reactor* DocumentService::RenderRevision(Context* context,
                                                          const v1::RenderRevisionRequest* request,
                                                          google::api::HttpBody* response) {
  return rpc_.Unary(context, request, response,
                    [this, request](const Call& call) { return Render(call, *request); });
}

DocumentService::Reactor* DocumentService::RenderBatch(Context* context,
                                                       const v1::RenderBatchRequest* request,
                                                       google::api::HttpBody* response) {
  return rpc_.Unary(context, request, response,
                    [this, request](const Call& call) { return Batch(call, *request); });
}

DocumentService::Reactor* DocumentService::RenderTemplate(Context* context,
                                                          const v1::RenderTemplateRequest* request,
                                                          google::api::HttpBody* response) {
  return rpc_.Unary(context, request, response,
                    [this, request](const Call& call) { return FromTemplate(call, *request); });
}

DocumentService::Reactor* DocumentService::ListRenderings(Context* context,
                                                          const v1::ListRenderingsRequest* request,
                                                          v1::ListRenderingsResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::ListRenderingsResponse> {
      SA_ASSIGN_OR_RETURN(auto page, kRenderings.List(tx, request->parent(), *request));
      return pg::ToResponse(std::move(page), &v1::ListRenderingsResponse::mutable_renderings);
    });
  });
}

}  // namespace staraction::document
