from django.urls import path, re_path

from . import views

urlpatterns = [
    path("customers/<int:pk>/", views.CustomerView.as_view()),
    path("orders/<int:order_id>/", views.order),
    path("orders/<int:order_id>/items/<int:item_id>/", views.item),
    re_path(r"^orders/(?P<order_id>\d+)/print/$", views.order),
    path("baskets/<int:pk>/", views.basket),
    path("archive/<int:year>/", views.archive),
]
