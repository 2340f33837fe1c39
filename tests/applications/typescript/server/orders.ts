import { Controller, Get, Param, ParseIntPipe } from "@nestjs/common";
import { IsInt, IsUUID } from "class-validator";
import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";

@Entity("orders")
export class Order {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  customerId: number;

  @Column()
  position: number;
}

export class CreateOrder {
  @IsInt()
  customerId: number;

  @IsUUID("4")
  token: string;

  @IsInt()
  quantity: number;
}

@Controller("orders")
export class OrdersController {
  @Get(":orderId")
  one(@Param("orderId", ParseIntPipe) orderId: string) {
    return this.db.query("SELECT * FROM orders WHERE id = 7");
  }

  @Get("archive/:year")
  archive(@Param("year", ParseIntPipe) year: string) {
    return this.db.query("SELECT * FROM baskets WHERE id = 7");
  }
}

export function mount(app: any) {
  app.get("/customers/:customerId(\\d+)", (request: any, response: any) => {
    response.json({ id: Number(request.params.customerId) });
  });
  app.get("/pages/:page(\\d+)", (request: any, response: any) => {
    response.json({ page: Number(request.params.page) });
  });
}
