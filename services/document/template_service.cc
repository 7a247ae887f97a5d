#include "services/document/template_service.h"

#include <string>

#include "common/base/macros.h"
#include "common/resource/page.h"
#include "common/status/errors.h"

namespace staraction::document {
namespace {

absl::StatusOr<v1::ListTemplatesResponse> List(const Templates& templates,
                                               const v1::ListTemplatesRequest& request) {
  SA_ASSIGN_OR_RETURN(const PageQuery page,
                      ReadPage(request.page_size(), request.page_token(), request, 1));
  const std::string after = page.after_key.empty() ? "" : page.after_key.front();
  v1::ListTemplatesResponse response;
  std::string last;
  for (auto entry = templates.all().upper_bound(after); entry != templates.all().end(); ++entry) {
    if (response.templates_size() == page.size) {
      response.set_next_page_token(NextToken(request, {last}));
      break;
    }
    last = entry->first;
    *response.add_templates() = ToMessage(*entry->second);
  }
  return response;
}

}  // namespace

TemplateService::Reactor* TemplateService::GetTemplate(Context* context,
                                                       const v1::GetTemplateRequest* request,
                                                       v1::Template* response) {
  return rpc_.Unary(context, request, response,
                    [this, request](const Call&) -> absl::StatusOr<v1::Template> {
                      const auto* content = templates_.Find(request->name());
                      if (content == nullptr) return NotFound(request->name());
                      v1::Template message = ToMessage(*content);
                      *message.mutable_document() = content->document();
                      *message.mutable_variables() = content->variables();
                      return message;
                    });
}

TemplateService::Reactor* TemplateService::ListTemplates(Context* context,
                                                         const v1::ListTemplatesRequest* request,
                                                         v1::ListTemplatesResponse* response) {
  return rpc_.Unary(context, request, response,
                    [this, request](const Call&) { return List(templates_, *request); });
}

}  // namespace staraction::document
